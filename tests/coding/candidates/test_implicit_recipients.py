"""Recipients that only the sentences around an act tell.

In each row the act at the word in square brackets is directed at the parties in angle brackets; a row
without any says that nobody may be put there.
"""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.candidates.implicit_recipients import (
    harmed_beside,
    infer_recipient,
    supposed_recipient,
)

pytestmark = pytest.mark.pipeline

TOLD_BEFORE = """\
# An attack, a raid, a strike
<Mordor> attacked Osgiliath at dawn. Gondor [condemned] the attack.
<Mordor> shelled a Gondorian fort. Rohan [condemned] the shelling.
<Umbar> bombed a port in Dale. Bree [denounced] the bombing.
<Russia> bombed Kharkiv on Friday. France [condemned] the strikes.
<Israel> bombed a camp in Lebanon. Egypt [condemned] the bombing.
<Harad> invaded Ithilien. The White Council [denounced] the invasion.
<Mordor> attacked Osgiliath. Two days passed. Gondor [condemned] the attack.
<Mordor> attacked Gondor. Dale [condemned] this attack.
<Mordor> attacked Gondor. The attack was [condemned] by Dale.
<Turkey> bombed two villages in Syria. Iraq [condemned] the airstrikes.
<Mordor> and <Harad> attacked Gondor. Dale [condemned] the attack.
<Gondor> attacked Mordor. Mordor [condemned] the attack.
Gondor was attacked by <Mordor>. Dale [condemned] the attack.
The attack of <Mordor> on Gondor failed. Dale [condemned] the attack.
Arnor attacked Gondor on Monday. On Tuesday <Mordor> attacked Bree. Dale [condemned] the attack.
Mordor attacked Gondor and <Harad> attacked Bree. Bree [condemned] the attack.
Mordor attacked Gondor, and <Harad> attacked Bree. Bree [condemned] the attack.
Mordorian <troops> raided a village in Ithilien. Ithilien [condemned] the raid.
Gondor said that <Mordor> had attacked its fort. Rohan [condemned] the attack.
Gondor said that <Mordor> had attacked Osgiliath. Rohan [condemned] the attack.
Rain fell on Osgiliath. <Mordor> attacked it at noon. Gondor [condemned] the attack.
<Mordor> attacked Gondor. It burned two ships. Dale [condemned] the attack.
<Mordor> and <Harad> attacked Gondor. They burned two ships. Dale [condemned] the attack.
King Bard spoke of war. <Umbar> attacked Dale. He [condemned] the attack.
# Nobody may be put there
The king held a feast. Gondor [condemned] the attack.
Mordor attacked Gondor. Dale [condemned] an attack.
Gondor attacked Mordor. Denethor of Gondor [praised] the attack.
Mordor attacked Gondor, and Gondor attacked Mordor. Dale [condemned] the attacks.
Mordor attacked Gondor and Harad attacked Bree. Dale [condemned] the attack.
Mordor attacked Gondor, and Harad attacked Bree. Dale [condemned] the attack.
Rohan gave Gondor a million crowns in aid. Mordor [condemned] the attack.
Gondor was attacked on Monday. Dale [condemned] the attack.
Arnor accused Bree of theft. Gondor [denied] the accusation.
Arnor and Gondor held talks. Dale [condemned] the attack.
Arnor and Gondor held talks. Bree [criticized] the sanctions.
Rohan gave Gondor a million crowns in aid. Harad [condemned] the arrest.
Mordor threatened to attack Gondor. Dale [condemned] the attack.
Umbar imposed sanctions on Dale. Bree [condemned] the strikes.
Mordor attacked Gondor. Dale [condemned] the raid on the inn by thieves.
# Sanctions, arrests, expulsions
<Arnor> imposed sanctions on Gondor. Gondor [condemned] the sanctions.
<Arnor> imposed sanctions on Harad. The sanctions were [condemned] by Harad.
<Arnor> imposed tariffs on Bree. Bree [criticized] the tariffs.
<Umbar> seized two ships of Dale. Dale [condemned] the seizure.
<Rohan> expelled two Haradrim envoys. Harad [denounced] the expulsion.
<Belarus> arrested a Polish journalist. Poland [condemned] the arrest.
<Umbar> detained a Dalish captain. Dale [condemned] the detention.
<Poland> banned grain from Ukraine. Ukraine [criticized] the ban.
<Arnor> imposed an embargo on Umbar. Two weeks passed. Umbar [condemned] the embargo.
# A charge, a threat, a demand turned down
<Arnor> accused Gondor of spying. Gondor [denied] the accusation.
<Arnor> accused Gondor of spying. Gondor [denied] it.
<Arnor> accused Gondor of spying. Gondor [rejected] the charge.
<Arnor> accused Gondor of spying. Gondor [dismissed] the allegations.
<Arnor> accused Gondor of spying. The charge was [denied] by Gondor.
<Arnor> threatened Bree with war. Bree [rejected] the threat.
<Arnor> demanded that Bree hand over the rebels. Bree [rejected] the demand.
<Arnor> demanded that Bree free two traders. Bree [rejected] the demand.
<Iran> accused Israel of murder. Israel [denied] the charge.
<Arnor> criticized Gondor. Gondor [rejected] the criticism.
Bree watched. <Arnor> accused Gondor of spying. Two days later Gondor [denied] the charge.
# What is welcomed
<Gondor> withdrew its troops from Ithilien. Harad [welcomed] the withdrawal.
<Gondor> released ten Haradrim captives. Harad [praised] the release.
<Rohan> pledged to send grain to Bree. Bree [welcomed] the pledge.
<Umbar> withdrew its ships from the coast of Dale. Dale [welcomed] the move.
# What troops do, what is decided
<Dale> deployed troops to the border of Bree. Bree [criticized] the deployment.
<China> held military exercises near Taiwan. Taiwan [condemned] the exercises.
<Arnor> and <Rohan> held a joint military exercise. Mordor [criticized] the exercise.
<Umbar> expelled the envoy of Dale. Dale [criticized] the decision.
<Umbar> expelled the envoy of Dale. Dale [condemned] the move.
# A deal of others
<Arnor> and <Gondor> signed an accord. Bree [welcomed] the accord.
<Arnor> and <Gondor> signed a truce. Bree [welcomed] the truce.
<Arnor> and <Gondor> signed a treaty. Mordor [condemned] the treaty.
Gondor and <Rohan> signed a pact. Gondor [praised] the pact.
<Arnor> and <Gondor> signed a deal. Umbar [brokered] the deal.
<Arnor> and <Gondor> signed a truce. Umbar [brokered] the truce.
<Arnor> and <Gondor> signed a pact. The agreement was [brokered] by Umbar.
<Serbia> and <Kosovo> signed an agreement in Brussels. Albania [welcomed] the deal.
<Arnor> and <Gondor> signed a treaty. Snow fell. Bree [welcomed] the agreement.
Arnor signed a law. Bree [welcomed] the agreement.
# Whoever holds the one whose release is asked for
<Harad> arrested a Gondorian envoy. Gondor [demanded] the release of the envoy.
<Iran> detained two French tourists. France [demanded] the release of the tourists.
Rohan praised a Gondorian envoy. Gondor [demanded] the release of the envoy.
# Passives with a recipient that the sentence before names
<Umbar> seized a ship. It was [condemned] by Dale.
<Arnor> and <Bree> signed a pact. They were [criticized] by Gondor.
King <Bard> of Dale spoke. He was [praised] by Rohan.
Haradrim <troops> crossed the river. They were [attacked] by Gondor.
The Arnorian <government> closed the road. The government was [criticized] by Rohan.
The White <Council> met in Bree. It was [accused] of weakness by Gondor.
<Harad> massed troops. The country was [threatened] by Gondor with war.
"""

# Rows of `TOLD_BEFORE` that fail today, by what goes wrong.
FAILING: dict[str, list[str]] = {
    "a noun alone in its sentence is no act told before": [
        "The attack of <Mordor> on Gondor failed. Dale [condemned] the attack.",
    ],
    "the parse joins the next subject to the object before it": [
        "Mordor attacked Gondor and <Harad> attacked Bree. Bree [condemned] the attack.",
        "Mordor attacked Gondor and Harad attacked Bree. Dale [condemned] the attack.",
    ],
    "its in what is said means the one who acts, not the one who says so": [
        "Gondor said that <Mordor> had attacked its fort. Rohan [condemned] the attack.",
    ],
    "the act before is in no rule": [
        "<Poland> banned grain from Ukraine. Ukraine [criticized] the ban.",
        "<Umbar> withdrew its ships from the coast of Dale. Dale [welcomed] the move.",
    ],
    "the one asked stands in the that-clause of the demand": [
        "<Arnor> demanded that Bree hand over the rebels. Bree [rejected] the demand.",
    ],
    "a truce is a retreat, not a deal that two agreed on": [
        "<Arnor> and <Gondor> signed a truce. Bree [welcomed] the truce.",
        "<Arnor> and <Gondor> signed a truce. Umbar [brokered] the truce.",
    ],
    "the tourists held before have another sector than those to be released": [
        "<Iran> detained two French tourists. France [demanded] the release of the tourists.",
    ],
}  # fmt: skip


def _rows() -> list[object]:
    lines = [line for line in TOLD_BEFORE.splitlines() if not line.startswith("#")]
    why = {line: reason for reason, failing in FAILING.items() for line in failing}
    assert set(why) <= set(lines), set(why) - set(lines)
    return [
        pytest.param(line, id=line, marks=[pytest.mark.xfail(reason=why[line])] if line in why else [])
        for line in lines
    ]


def told_before(reading) -> list[tuple[int, EventCandidate]]:
    """The acts before the word asked for, with the numbers of their sentences, absorbed ones left out."""
    found: list[tuple[int, EventCandidate]] = []
    absorbed: set[int] = set()
    for number, sentence in enumerate(reading.annotated.doc.sents):
        for token in sentence:
            act = reading.matcher.candidate_at(token)
            if act is None or token.i in absorbed or token.i >= reading.word.i:
                continue
            absorbed.update(below.i for head in act.absorbed for below in head.subtree)
            found.append((number, completed(act, found, number, reading)))
    return found


def completed(act, previous, number, reading) -> EventCandidate:
    return infer_recipient(
        act, previous, sentence=number, annotated=reading.annotated, parties=reading.parties
    )


def asked_act(reading) -> EventCandidate:
    act = reading.matcher.candidate_at(reading.word) or reading.matcher.candidate_at(
        reading.word, governed=True
    )
    assert act is not None, "no rule reads the word"
    return act


@pytest.mark.parametrize("text", _rows())
def test_the_sentences_before_tell_the_recipient(reading, same_parties, text):
    found = reading(text)
    number = [token.sent.start for token in found.annotated.doc].index(found.word.sent.start)
    number = len({token.sent.start for token in found.annotated.doc[:number]})
    act = completed(asked_act(found), told_before(found), number, found)
    assert act.actors, "nobody acts"
    same_parties(act.recipients, found.wanted())


def test_an_act_with_a_recipient_keeps_it(reading):
    found = reading("Mordor attacked Gondor. Dale [condemned] Umbar.")
    act = asked_act(found)
    assert completed(act, told_before(found), 1, found) is act


# If somebody acts, the other answers: whom the answer is directed at.
READ_AS_NOUN = pytest.mark.xfail(reason="the verb of the if is tagged as a noun")
SUPPOSED = [
    pytest.param("The border is quiet. If <Mordor> attacks, Gondor will [retaliate].", marks=READ_AS_NOUN),
    pytest.param("Gondor will [retaliate] if <Mordor> attacks. Nobody slept.", marks=READ_AS_NOUN),
    "The border is quiet. If <Mordor> invades Rohan, Gondor will [retaliate].",
    "Gondor will [retaliate] if <Mordor> invades Rohan. Nobody slept.",
    "Unless <Umbar> pays, Dale will [attack].",
    "If <Harad> attacks Bree, Arnor has promised to [retaliate].",
    "If the rain stops, Gondor will [attack].",
    "If Gondor pays, Gondor will [attack].",
]


@pytest.mark.parametrize("text", SUPPOSED)
def test_the_one_supposed_to_act_first(reading, same_parties, text):
    found = reading(text)
    same_parties(supposed_recipient(asked_act(found), found.parties), found.wanted())


# Who was hurt stands in the clause above.
HURT = [
    "Two Gondorian <soldiers> were killed when Mordor [opened] fire.",
    "Two Gondorian <soldiers> died after Mordor [attacked] the fort.",
    "Three Dalish <fishermen> were wounded in Mordorian [shelling].",
    "Two Gondorian soldiers slept when Mordor [opened] fire.",
    "Two Gondorian soldiers were killed because Mordor [opened] fire.",
    "Two Gondorian soldiers were praised after Mordor [attacked] the fort.",
]


@pytest.mark.parametrize("text", HURT)
def test_the_one_hurt_in_the_clause_above(reading, same_parties, text):
    found = reading(text)
    same_parties(harmed_beside(asked_act(found), found.parties), found.wanted())
