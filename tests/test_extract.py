"""What the extractor reads in plain sentences, with the default pipeline.

`READINGS` has a text and what it says on each line: "+" supports, "-" opposes, "~" ambivalent; the
actor; a word of the topic. "nothing" is no statement, "¶" a paragraph break, "#" a heading.
"""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.extract import Extractor
from graphkit.statement import ACTOR_TYPES, QUOTES, STANCES, Extraction, Statement
from graphkit.statement import statement_id as hashed

READINGS = """
# Signs that once came out wrong
“We can’t support the treaty,” Karin Holm said.                => - Karin Holm: treaty
“We do not think the treaty is wise,” Karin Holm said.         => - Karin Holm: treaty
Sweden withdrew its support for the treaty.                    => - Sweden: treaty
Sweden dropped its objection to the treaty.                    => + Sweden: treaty
Sweden faces opposition to the treaty.                         => nothing
Sweden stopped short of endorsing the treaty.                  => - Sweden: treaty
Sweden rejected the treaty and the pipeline.         => - Sweden: treaty; - Sweden: pipeline
“The treaty is unwise and must be stopped,” Karin Holm said.   => - Karin Holm: treaty
Poland rejects the treaty, as Sweden wanted. So does Spain.    => - Poland: treaty; - Spain: treaty
Germany did not support the pipe and rejected the treaty. => - Germany: pipe; - Germany: treaty
Germany has rejected the treaty, nor does it want a new deal.  => - Germany: treaty; - Germany: deal
“It would be wrong not to support Kyiv,” Karin Holm said.      => + Karin Holm: supporting
Scholz met lawmakers critical of the pipe.           => - lawmakers critical of the pipe: pipe
Germany rejected the treaty. So Spain is the leader now.       => - Germany: treaty
Congress reversed Obama's decision to close the camp.          => - Congress: closing camp
“I don’t exclude the treaty,” Karin Holm told reporters.       => ~ Karin Holm: treaty
Karin Holm called for a no-fly zone.                           => + Karin Holm: no-fly zone
Germany hoped for a ceasefire.                                 => + Germany: ceasefire
# The algebra of signs, one reading of each kind
Norway will not join the mission, Prime Minister Kari Lund said. => - Norway: mission
Lund said nothing should be ruled out on nuclear power. => ~ Lund: power
The minister did not rule out a ban on diesel cars. => ~ minister: cars
Canada has no intention of sending soldiers to Haiti. => - Canada: haiti
Spain urged Morocco to reopen the border. => + Spain: border
Brazil asked France to drop its opposition to the trade deal. => + Brazil: deal
Mr. Ortega called on the government to halt the deportations. => - Ortega: deportations
Greenpeace called for an end to whaling. => - Greenpeace: whaling
The union demanded that the closure of the plant be stopped. => - union: plant
The party opposes lifting the embargo. => - party: embargo
Hungary vetoed the aid package. => - Hungary: package
The Senate passed the bill. => + Senate: bill
Turkey signed the accord. => + Turkey: accord
Senator Mary Bell voted against the budget. => - Mary Bell: budget
The city council banned short-term rentals. => - city council: rentals
Poland threatened to block the budget if the judges are not removed. => - Poland: budget
If the price is right, we would sell the port, said Mayor Tom Reed. => + Tom Reed: port
Germany would support the deal only if Italy agreed. => + Germany: deal
Kim Park called the tax "a terrible mistake". => - Kim Park: tax
"This law is dangerous," said Omar Haddad, a lawyer for the refugees. => - Omar Haddad: law
Peru's president praised Chile for opening its ports. => + Peru's president: chile
The army denied shelling the hospital. => - army: hospital
She is not opposed to the merger, Ms. Tan said. => ~ Tan: merger
Kenya is considering a ban on plastic bags. => ~ Kenya: bags
Austria is not considering a tax on wealth. => - Austria: wealth
Portugal refused to rule out sanctions. => ~ Portugal: sanctions
Officials in Cairo declined to comment on the report. => nothing
Farmers voiced their opposition to the dam. => - Farmers: dam
The chancellor's support for the pipeline angered Poland. => + chancellor: pipeline
Critics warned that the law would lead to censorship. => - critics: law
Ukraine warned against lifting the sanctions. => - Ukraine: sanctions
"Under no circumstances will we accept this ultimatum," Mr. Sadik said. => - Sadik: ultimatum
"There will be no amnesty," said President Luis Vera. => - Luis Vera: amnesty
"We must raise the minimum wage," said Councilwoman Dana Ito. => + Dana Ito: wage
The mayor said the city should not build the stadium. => - mayor: stadium
Mr. Singh is in favor of legalizing cannabis. => + Singh: cannabis
The bishops are against abortion. => - bishops: abortion
The European Commission is open to extending the deadline. => ~ European Commission: deadline
Ireland is not open to extending the deadline. => - Ireland: deadline
Serbia said it was ready to normalize relations with Kosovo. => + Serbia: kosovo
Chad wants the troops to leave. => + Chad: leaving
Chad does not want the troops to leave. => - Chad: leaving
Mr. Novak doubts that the reform will work. => - Novak: reform
The governor defended the curfew. => + governor: curfew
Residents protested against the new runway. => - residents: runway
Iran condemned the attack on the embassy. => - Iran: embassy
Iran condemned Israel's attack on the embassy. => - Iran: embassy
"I condemn the violence in the strongest terms," President Ana Costa said. => - Ana Costa: violence
The committee recommended closing two hospitals. => + committee: hospitals
Neither France nor Germany supports the amendment. => - France: amendment; - Germany: amendment
The bill was welcomed by environmental groups. => + environmental groups: bill
Mr. Adeyemi said that he regretted the decision to close the border. => - Adeyemi: border
Mr. Adeyemi apologized for the raids. => - Adeyemi: raids
"The sanctions are not working," said Foreign Minister Jan Kolar. => - Jan Kolar: sanctions
"The sanctions have been a success," said Foreign Minister Jan Kolar. => + Jan Kolar: sanctions
Mr. Kolar called for tougher sanctions on Belarus. => + Kolar: belarus
Mr. Kolar criticized the lack of sanctions on Belarus. => + Kolar: belarus
Mr. Kolar said he would never recognize Crimea as Russian. => - Kolar: russian
The company denied wrongdoing. => - company: wrongdoing
Mr. Lopez pledged to fight corruption. => - Lopez: corruption
Mr. Lopez vowed to repeal the health law. => - Lopez: law
Mr. Lopez promised not to raise taxes. => - Lopez: taxes
The ministers agreed to expand the fund. => + ministers: fund
The ministers failed to agree on a quota. => nothing
"Why should we pay for their mistakes?" asked Ms. Duarte. => nothing
Ms. Duarte said the airline was to blame for the crash. => - Duarte: airline
Ms. Duarte blamed the airline for the crash. => - Duarte: airline
According to Ms. Duarte, the deal is a betrayal of workers. => - Duarte: deal
Nurses are striking over pay cuts. => - nurses: cuts
The court struck down the ban on headscarves. => - court: headscarves
The court upheld the ban on headscarves. => + court: headscarves
The U.S. withdrew from the climate accord. => - United States: accord
The U.S. pulled out of the climate accord. => - United States: accord
Georgia applied to join the European Union. => + Georgia: union
Nepal has long sought a seat on the council. => + Nepal: council
Lawmakers approved a measure to ban fracking. => + lawmakers: fracking
The decision to close the mine was met with anger from miners. => - miners: mine
Mr. Ruiz hailed the agreement as historic. => + Ruiz: agreement
The agreement is historic. => nothing
Taxes will rise next year. => nothing
The minister said talks would resume on Monday. => nothing
Analysts expect the economy to grow. => nothing
# Promises, conduct, partisans, mouthpieces
“We will lower the toll,” Karin Holm said.               => + Karin Holm: toll
Karin Holm said she would lower the toll.                => + Karin Holm: toll
Karin Holm said Peter Lindqvist would lower the toll.    => nothing
Karin Holm said Bo Ek had insulted nurses. => - Bo Ek: nurses; - Karin Holm: insulting
The toll drew criticism from Karin Holm.                 => - Karin Holm: toll
Karin Holm is a critic of the toll.                      => - Karin Holm: toll
Supporters of the toll met.                              => + supporters of the toll: toll
Karin Holm blamed the delay on the mayor.                => - Karin Holm: mayor
The union filed papers opposing the toll.                => - union: toll
Karin Holm voiced concern that the toll could hurt farmers. => - Karin Holm: toll
“The toll lacks support,” Karin Holm said.               => - Karin Holm: toll
# A direct quotation is its speaker's, wherever the speaker stands
“We reject the new tariff,” said Anna Kowalska.       => - Anna Kowalska: tariff
“We reject the new tariff,” Anna Kowalska said.       => - Anna Kowalska: tariff
Anna Kowalska said, “We reject the new tariff.”       => - Anna Kowalska: tariff
Anna Kowalska said: “We reject the new tariff.”       => - Anna Kowalska: tariff
"We reject the new tariff," said Anna Kowalska.       => - Anna Kowalska: tariff
Anna Kowalska: “We reject the new tariff.”            => - Anna Kowalska: tariff
“The new tariff,” Anna Kowalska said, “is dangerous.” => - Anna Kowalska: tariff
# Reported speech is its source's
Anna Kowalska said that she rejected the new tariff.            => - Anna Kowalska: tariff
Anna Kowalska told reporters that the new tariff was dangerous. => - Anna Kowalska: tariff
The new tariff is dangerous, according to Anna Kowalska.        => - Anna Kowalska: tariff
According to Anna Kowalska, the new tariff is dangerous.        => - Anna Kowalska: tariff
Anna Kowalska rejected the new tariff.                          => - Anna Kowalska: tariff
# A quotation that goes on keeps its speaker
“We reject the tariff,” Ada Holm said, “and we back the truce.”
    => - Ada Holm: tariff; + Ada Holm: truce
“The treaty is dangerous,” Ada Holm said.¶“The pipeline must be stopped at once.”
    => - Ada Holm: treaty; - Ada Holm: pipeline
# A judgement in the reporter's own voice is no stance
The pipeline is dangerous.         => nothing
The pipeline must be stopped.      => nothing
Sending troops would be a mistake. => nothing
There will be no ground war.       => nothing
“The pipeline is dangerous.”       => nothing
# Facts, and what nobody holds, are no stance
The minister said talks would resume on Monday. => nothing
Germany held elections on Sunday.               => nothing
The treaty runs to forty pages.                 => nothing
Germany declined to comment.                    => nothing
Nobody supports the pipeline.                   => nothing
The treaty was rejected.                        => nothing
Sweden does not demand a ceasefire.             => nothing
Sweden does not criticize the ceasefire.        => nothing
# Judgements and warnings
“The pipeline is dangerous,” said Karin Holm.          => - Karin Holm: pipeline
“The pipeline is a mistake,” said Karin Holm.          => - Karin Holm: pipeline
“The pipeline is necessary,” said Karin Holm.          => + Karin Holm: pipeline
“The pipeline is a breakthrough,” said Karin Holm.     => + Karin Holm: pipeline
“The pipeline is not necessary,” said Karin Holm.      => - Karin Holm: pipeline
“The pipeline is not a mistake,” said Karin Holm.      => + Karin Holm: pipeline
“The pipeline must be stopped,” said Karin Holm.       => - Karin Holm: pipeline
“The pipeline would lead to war,” said Karin Holm.     => - Karin Holm: pipeline
Karin Holm called the pipeline a mistake.              => - Karin Holm: pipeline
Karin Holm called the pipeline dangerous.              => - Karin Holm: pipeline
Karin Holm described the pipeline as a disaster.       => - Karin Holm: pipeline
Karin Holm called the pipeline necessary.              => + Karin Holm: pipeline
Karin Holm warned that the pipeline would lead to war. => - Karin Holm: pipeline
Karin Holm warned against the pipeline.                => - Karin Holm: pipeline
# Duties and refusals in a quotation
“We must send tanks,” Karin Holm said.       => + Karin Holm: tanks
“We should send tanks,” Karin Holm said.     => + Karin Holm: tanks
“We should not send tanks,” Karin Holm said. => - Karin Holm: tanks
“We will not send tanks,” Karin Holm said.   => - Karin Holm: tanks
“There will be no tanks,” Karin Holm said.   => - Karin Holm: tanks
“There’ll be no tanks,” Karin Holm said.     => - Karin Holm: tanks
“There won’t be tanks,” Karin Holm said.     => - Karin Holm: tanks
# Negation is a matter of the class
Germany supports the pipeline.                => + Germany: pipeline
Germany does not support the pipeline.        => - Germany: pipeline
Germany no longer supports the pipeline.      => - Germany: pipeline
Germany never supported the pipeline.         => - Germany: pipeline
Germany opposes the pipeline.                 => - Germany: pipeline
Germany does not oppose the pipeline.         => ~ Germany: pipeline
Germany rules out the pipeline.               => - Germany: pipeline
Germany does not rule out the pipeline.       => ~ Germany: pipeline
Germany is considering the pipeline.          => ~ Germany: pipeline
Germany is not considering the pipeline.      => - Germany: pipeline
Germany wants the pipeline.                   => + Germany: pipeline
Germany does not want the pipeline.           => - Germany: pipeline
Germany accepted the pipeline.                => + Germany: pipeline
Germany did not accept the pipeline.          => - Germany: pipeline
Germany is open to the pipeline.              => ~ Germany: pipeline
Germany is not open to the pipeline.          => - Germany: pipeline
Germany is against the pipeline.              => - Germany: pipeline
Germany is in favor of the pipeline.          => + Germany: pipeline
Germany is opposed to the pipeline.           => - Germany: pipeline
Germany is not opposed to the pipeline.       => ~ Germany: pipeline
Germany is committed to the pipeline.         => + Germany: pipeline
Germany is skeptical of the pipeline.         => - Germany: pipeline
Germany is divided over the pipeline.         => ~ Germany: pipeline
Germany expressed opposition to the pipeline. => - Germany: pipeline
Germany expressed support for the pipeline.   => + Germany: pipeline
Germany has no plans for the pipeline.        => - Germany: pipeline
Germany does not think the pipeline is wise.  => - Germany: pipeline
Neither Spain nor Italy backs the pipeline.   => - Spain: pipeline; - Italy: pipeline
Ada Holm never said that the pact was a risk. => nothing
# Refusals
Germany refused to support the pipeline.                   => - Germany: pipeline
Germany refused to sign the treaty.                        => - Germany: treaty
Germany failed to support the treaty.                      => - Germany: treaty
Germany refuses to rule out the pipeline.                  => ~ Germany: pipeline
Germany declined to rule out the pipeline.                 => ~ Germany: pipeline
Germany declined to say whether it would join the mission. => ~ Germany: mission
Germany is unwilling to join the mission.                  => - Germany: mission
Germany is not willing to join the mission.                => - Germany: mission
Germany has no plans to join the mission.                  => - Germany: mission
Germany has no intention of joining the mission.           => - Germany: mission
Germany is not considering joining the mission.            => - Germany: mission
# "Nothing ruled out" leaves the topic before it open
Sweden backs the pipeline. Ada Holm said that nothing should be ruled out.
    => + Sweden: pipeline; ~ Ada Holm: pipeline
Sweden backs the pipeline. “Nothing should be ruled out,” Ada Holm said.
    => + Sweden: pipeline; ~ Ada Holm: pipeline
Sweden backs the pipeline. Ada Holm said no option should be ruled out.
    => + Sweden: pipeline; ~ Ada Holm: pipeline
Ada Holm said that nothing should be ruled out. => nothing
# The head of the topic may turn the position round
Poland called for an end to the strikes.       => - Poland: strikes
Poland demanded an end to the siege.           => - Poland: siege
Poland called for the repeal of the sanctions. => + Poland: repeal of sanctions
Poland called for a ban on exports.            => + Poland: ban on exports
Poland called for a ceasefire.                 => + Poland: ceasefire
Poland vowed to block the pipeline.            => - Poland: pipeline
Poland pledged to support the pipeline.        => + Poland: pipeline
Poland criticized the lack of sanctions.       => + Poland: sanctions
Poland dropped its objection to the treaty.    => + Poland: treaty
# A demand is about the deed, not the addressee
Poland urged Berlin to send tanks.              => + Poland: tanks
Poland asked Germany to send tanks.             => + Poland: tanks
Poland called on Germany to send tanks.         => + Poland: tanks
Poland urged Berlin not to send tanks.          => - Poland: tanks
Poland urged Germany to lift the sanctions.     => - Poland: sanctions
Poland urged Germany not to lift the sanctions. => - Poland: lifting sanctions
Poland criticized Spain for blocking the pact.  => - Poland: spain; - Spain: pact
# A passive is held by its agents
The treaty was rejected by Sweden.             => - Sweden: treaty
The treaty has been condemned by Sweden.       => - Sweden: treaty
The treaty was not supported by Sweden.        => - Sweden: treaty
The treaty was ratified by Sweden and Finland. => + Sweden: treaty; + Finland: treaty
# Acts take sides
Sweden voted against the treaty.               => - Sweden: treaty
Sweden voted for the treaty.                   => + Sweden: treaty
Sweden voted in favor of the treaty.           => + Sweden: treaty
Sweden blocked the treaty.                     => - Sweden: treaty
Sweden vetoed the treaty.                      => - Sweden: treaty
Sweden signed the treaty.                      => + Sweden: treaty
Sweden voted for the treaty. Norway abstained. => + Sweden: treaty; ~ Norway: treaty
# Coordination and ellipsis share what they leave out
Poland backs the pipeline but opposes the treaty.  => + Poland: pipeline; - Poland: treaty
Spain rejected the pipeline. So did Italy.         => - Spain: pipeline; - Italy: pipeline
Spain supports the pipeline. So does Italy.        => + Spain: pipeline; + Italy: pipeline
Spain supports the pipeline, and so does Italy.    => + Spain: pipeline; + Italy: pipeline
Spain did not support the pipeline. Nor did Italy. => - Spain: pipeline; - Italy: pipeline
Spain does not support the pact. Neither does Italy. => - Spain: pact; - Italy: pact
# Short names, pronouns and descriptions are resolved
President Peter Lindqvist came. Mr. Lindqvist rejected the treaty.     => - Peter Lindqvist: treaty
President Peter Lindqvist came. Lindqvist rejected the treaty.         => - Peter Lindqvist: treaty
President Peter Lindqvist came. President Lindqvist rejected the treaty.
    => - Peter Lindqvist: treaty
Peter Lindqvist met Karin Holm. She rejected the treaty.               => - Karin Holm: treaty
Peter Lindqvist met Karin Holm. He rejected the treaty.                => - Peter Lindqvist: treaty
Sweden held a vote on Monday. It rejected the treaty.                  => - Sweden: treaty
The European Union met. The bloc rejected the treaty.                  => - European Union: treaty
Karin Holm, the Swedish premier, spoke. The premier rejected the treaty. => - Karin Holm: treaty
# A topic that points back takes the name before it
Sweden ruled out sending troops. Poland rejected the option. => - Sweden: troops; - Poland: troops
Sweden ruled out sending troops. Poland rejected such a step. => - Sweden: troops; - Poland: troops
Sweden ruled out sending troops. Poland rejected it.         => - Sweden: troops; - Poland: troops
# Seats that speak are their countries, places are not
The Kremlin rejected the treaty.                                         => - Russia: treaty
Moscow rejected the treaty.                                              => - Russia: treaty
The White House rejected the treaty.                                     => - United States: treaty
Berlin rejected the treaty.                                              => - Germany: treaty
The German government rejected the treaty.                               => - Germany: treaty
In Berlin, Karin Holm rejected the treaty.                               => - Karin Holm: treaty
Karin Holm rejected the treaty in Berlin.                                => - Karin Holm: treaty
Karin Holm, speaking in Berlin, rejected the treaty.                     => - Karin Holm: treaty
Asked whether the treaty should be signed, Karin Holm said she did not know. => nothing
The Kremlin spokesman said Russia rejected the treaty.                   => - Russia: treaty
Ada Holm, a spokeswoman for the Kremlin, said Russia rejected the treaty. => - Russia: treaty
"""
SIGNS = {"supports": "+", "opposes": "-", "ambivalent": "~"}


def cases(table: str) -> list[tuple[str, str]]:
    lines = [line for line in table.strip().splitlines() if not line.startswith("#")]
    rows = [row.split("=>") for row in "\n".join(lines).replace("\n    =>", " =>").splitlines()]
    return [(text.strip().replace("¶", "\n\n"), said.strip()) for text, said in rows]


def read(extractor: Extractor, text: str) -> tuple[Statement, ...]:
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    return extraction.statements


def read_one(extractor: Extractor, text: str) -> Statement:
    (statement,) = read(extractor, text)
    return statement


def assert_reads(extractor: Extractor, text: str, expected: str) -> None:
    """Compare sign, actor and a word of the topic; what was not expected shows its whole topic."""
    wanted = [] if expected == "nothing" else [tuple(r.split(": ")) for r in expected.split("; ")]
    found = [(f"{SIGNS[s.stance]} {s.actor}", s.topic.lower()) for s in read(extractor, text)]
    words = [word for _, word in wanted] + [""] * len(found)
    shown = [
        (who, word if word in topic.split() else topic)
        for (who, topic), word in zip(found, words, strict=False)
    ]
    assert shown == wanted


@pytest.mark.parametrize(("text", "expected"), cases(READINGS))
def test_a_text_says(extractor: Extractor, text: str, expected: str) -> None:
    assert_reads(extractor, text, expected)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We reject the treaty,” said Karin Holm.", "direct"),
        ("Karin Holm called the treaty “a dangerous mistake.”", "indirect"),
        ("Karin Holm said she rejected the treaty.", "indirect"),
        ("Karin Holm rejected the treaty.", "indirect"),
        ("Sweden blocked the treaty.", "action"),
        ("Sweden ratified the treaty.", "action"),
        ("Sweden voted against the treaty.", "action"),
    ],
)  # fmt: skip
def test_words_are_told_from_acts(extractor: Extractor, text: str, quote: str) -> None:
    assert read_one(extractor, text).quote == quote


@pytest.mark.parametrize(
    ("text", "actor", "speaker"),
    [
        ("Peter Lindqvist said Karin Holm opposes the treaty.", "Karin Holm", "Peter Lindqvist"),
        ("Karin Holm said Peter Lindqvist had told her that the treaty was dangerous.",
         "Peter Lindqvist", "Karin Holm"),
        ("Karin Holm said Sweden would not sign the treaty.", "Sweden", "Karin Holm"),
        ("A senior official said some Nordic countries opposed the treaty.",
         "some Nordic countries", "senior official"),
        ("Karin Holm said she opposed the treaty.", "Karin Holm", ""),
        # a named spokesperson who says "we" means the principal, else speaks in an office
        ("“We reject the treaty,” said Karin Holm, a spokeswoman for the Kremlin.",
         "Russia", "Karin Holm"),
        ("“We reject the treaty,” said Karin Holm, a spokeswoman for Greenpeace.",
         "Greenpeace", "Karin Holm"),
        ("Karin Holm, a spokeswoman for the Kremlin, rejected the treaty.", "Karin Holm", ""),
        ("A spokesman for Karin Holm rejected the treaty.", "Karin Holm", ""),
    ],
)  # fmt: skip
def test_who_tells_another_s_position_is_the_speaker(
    extractor: Extractor, text: str, actor: str, speaker: str
) -> None:
    statement = read_one(extractor, text)
    assert (statement.actor, statement.speaker, statement.stance) == (actor, speaker, "opposes")


def test_each_of_six_coordinated_actors_holds_the_position(extractor: Extractor) -> None:
    text = "Poland, Germany, Sweden, Spain, Italy and the Czech Republic rejected the treaty."
    names = ["Poland", "Germany", "Sweden", "Spain", "Italy", "Czech Republic"]
    assert_reads(extractor, text, "; ".join(f"- {name}: treaty" for name in names))


@pytest.mark.parametrize(
    "subject",
    ["Swedish President Peter Lindqvist", "President Peter Lindqvist of Sweden",
     "The Swedish president, Peter Lindqvist,", "Peter Lindqvist, the Swedish president,"],
)  # fmt: skip
def test_an_office_tells_the_affiliation(extractor: Extractor, subject: str) -> None:
    statement = read_one(extractor, f"{subject} rejected the treaty.")
    assert (statement.actor, statement.actor_type) == ("Peter Lindqvist", "person")
    assert statement.affiliation == "Sweden"


@pytest.mark.parametrize(
    "name",
    ["European leaders", "some Nordic countries", "House Republicans", "most of its members",
     "Germans", "officials", "diplomats"],
)  # fmt: skip
def test_a_group_goes_by_its_phrase(extractor: Extractor, name: str) -> None:
    statement = read_one(extractor, f"{name[0].upper()}{name[1:]} condemned the strikes.")
    assert (statement.actor, statement.actor_type) == (name, "group")


def test_an_anonymous_source_belongs_to_its_article(extractor: Extractor) -> None:
    text = "A senior official said the treaty was unacceptable."
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    assert [s.actor for s in extraction.statements] == ["senior official"]
    assert [actor.is_local for actor in extraction.actors] == [True]


def test_a_carrier_gives_way_to_what_it_carries(extractor: Extractor) -> None:
    statement = read_one(extractor, "Sweden rejected the possibility of sending troops to Mali.")
    assert statement.topic == "sending troops to Mali"
    assert statement.topic_text == "the possibility of sending troops to Mali"


def test_a_country_may_be_the_topic(extractor: Extractor) -> None:
    (extraction,) = extractor.pipe([Article(id="article", text="Sweden condemned Moscow.")])
    assert [s.topic for s in extraction.statements] == ["Russia"]
    assert [actor.name for actor in extraction.actors] == ["Russia", "Sweden"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Sweden would support the treaty if Russia withdrew.", "if Russia withdrew"),
        ("Sweden will reject the treaty unless Russia withdraws.", "unless Russia withdraws"),
        ("If Russia withdrew, Sweden would support the treaty.", "If Russia withdrew"),
        ("Karin Holm said Sweden would support the treaty if Russia withdrew its troops.",
         "if Russia withdrew its troops"),
        ("Sweden supports the treaty.", ""),
    ],
)  # fmt: skip
def test_a_condition_is_kept(extractor: Extractor, text: str, condition: str) -> None:
    assert read_one(extractor, text).condition == condition


@pytest.mark.parametrize(
    ("sure", "less_sure"),
    [
        ("Sweden supports the treaty.", "Sweden would support the treaty if Russia withdrew."),
        ("Sweden supports the treaty.", "Sweden apparently supports the treaty."),
        ("Sweden strongly supports the treaty.", "Sweden supports the treaty."),
        ("Sweden opposes the treaty.", "Sweden has concerns about the treaty."),
    ],
)
def test_confidence_falls_with_conditions_hedges_and_weak_words(
    extractor: Extractor, sure: str, less_sure: str
) -> None:
    assert read_one(extractor, sure).confidence > read_one(extractor, less_sure).confidence


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sweden ruled out the treaty.", "rules out"),
        ("Sweden did not rule out the treaty.", "does not rule out"),
        ("Sweden called for a ceasefire.", "calls for"),
        ("Sweden is opposed to the treaty.", "is opposed to"),
        ("Sweden has no plans for a treaty.", "has no plans for"),
        ("“The treaty is dangerous,” said Karin Holm.", "calls it dangerous"),
    ],
)
def test_the_act_is_a_verb_phrase_in_the_present_tense(
    extractor: Extractor, text: str, act: str
) -> None:
    assert read_one(extractor, text).act == act


def test_the_evidence_is_the_one_sentence_of_the_cue(extractor: Extractor) -> None:
    text = "The talks went on.  Sweden rejected the treaty. Nobody was surprised.\n"
    assert read_one(extractor, text).evidence == "Sweden rejected the treaty."


def test_the_spans_name_the_words_that_fired(extractor: Extractor) -> None:
    text = "On Monday, Sweden rejected the treaty."
    statement = read_one(extractor, text)
    spans = (statement.actor_span, statement.cue_span, statement.topic_span)
    assert [text[slice(*span)] for span in spans if span] == ["Sweden", "rejected", "the treaty"]


NASTY = [
    ".",
    "\n \n",
    "“",
    "”“",
    "“”",
    '“Quite so.” “Indeed.” ‘Never!’ "No."',
    "“Sweden rejects the treaty, said Karin Holm.\n\nSo did Spain.”",
    "Sweden rejects treaty",
    "SWEDEN REJECTS TREATY, KREMLIN SAYS",
    "So did Spain. Neither would Italy.",
    "😀 Sweden 🇸🇪 rejected the 🛢️ treaty 👩‍👩‍👧, she said 😡.",
    "said said said, said “said” said said.",
    "She said he said they said it said we rejected the treaty.",
    "According to according to, the treaty is dangerous, according to.",
    "Karin Holm: : “: ” :",
    "Mr. Mr. Ms. Dr. Sen. rejected Mr. Treaty.",
    "Sweden’s Poland’s Spain’s rejection of its of the their treaty’s",
    "PARIS (Agency) — — -- “Sweden rejects the treaty” — PARIS",
    "Sweden\u00a0rejected\tthe\u2028treaty.\x00",
    "Sweden, " + "Spain, " * 300 + "and Italy rejected the treaty.",
    "Sweden said that " * 80 + "the treaty is dangerous.",
    "Sweden rejected the " + "very " * 400 + "dangerous treaty.",
]
WORDS = (
    "Sweden, Karin Holm, Mr. Holm, the Kremlin, officials, some, she, they, it, we, who, that, if, "
    "to, whether, not, no, never, neither, nor, so did, and, but, said, told, warned, rejects, "
    "supported, ruled out, called for, an end to, has no plans to, is, dangerous, a mistake, "
    "should, the treaty, sending troops, against, for, according to, his country, Berlin, don’t, ’s"
)
MARKS = ["“", "”", "‘", "’", '"', "'", ",", ".", ":", "—", "\n", "\n\n", "😀"]
parts = st.sampled_from([*WORDS.split(", "), *MARKS])
texts = st.lists(parts, max_size=40).map(" ".join) | st.text(max_size=60)


def assert_keeps_the_contract(extraction: Extraction) -> None:
    text, day = extraction.article.text, extraction.article.date
    names = {actor.name: actor.type for actor in extraction.actors}
    for found in extraction.statements:
        assert text[found.start : found.end] == found.evidence
        assert found.evidence.strip() == found.evidence != ""
        assert (found.article, found.date) == (extraction.article.id, day)
        assert all([found.actor, found.act, found.topic, found.rule])
        assert "\n" not in found.actor + found.act + found.topic + found.speaker + found.condition
        assert names[found.actor] == found.actor_type
        assert {name for name in found.speaker.split(" < ") if name} <= names.keys()
        assert found.affiliation == "" or found.affiliation in names
        assert found.actor_type in ACTOR_TYPES
        assert found.stance in STANCES
        assert found.quote in QUOTES
        assert 0 <= found.confidence <= 1
        spans = (found.actor_span, found.cue_span, found.topic_span)
        assert all(0 <= start < end <= len(text) for start, end in filter(None, spans))
        assert found.id == hashed(found.article, *spans)
        assert Statement.from_json(found.to_json()) == found
    for said in extraction.attributions:
        spans = (said.source, said.cue, said.content)
        assert all(0 <= start < end <= len(text) for start, end in filter(None, spans))
    ids = [found.id for found in extraction.statements]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("day", [datetime.date(2024, 2, 29), None], ids=["dated", "undated"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_keeps_the_contract(
    extractor: Extractor, text: str, day: datetime.date | None
) -> None:
    (extraction,) = extractor.pipe([Article(id="nasty", text=text, date=day)])
    assert_keeps_the_contract(extraction)


def test_a_content_does_not_end_before_it_starts(extractor: Extractor) -> None:
    (extraction,) = extractor.pipe([Article(id="words", text="urged opposed should There")])
    assert_keeps_the_contract(extraction)


def test_a_shared_surname_goes_by_its_title(extractor: Extractor) -> None:
    text = (
        "Ms. Ana Novak supports the treaty. Mr. Jan Novak opposes it. "
        "Ms. Novak said that she backs sanctions."
    )
    (extraction,) = extractor.pipe([Article(id="novak", text=text)])
    assert extraction.statements[-1].actor == "Ana Novak"


def test_speeches_inside_each_other_end(extractor: Extractor) -> None:
    text = (
        "If the front gives way this summer, he added, the question will come back, and the "
        "treaty is dangerous."
    )
    (extraction,) = extractor.pipe([Article(id="cycle", text=text)])
    assert_keeps_the_contract(extraction)


def test_pronouns_that_lead_back_to_themselves_end(extractor: Extractor) -> None:
    text = (
        "She is not only planting trees.\n\nShe has thought of a scheme, she said, by which they "
        "could be sold, and she said she believed it was fair."
    )
    (extraction,) = extractor.pipe([Article(id="circle", text=text)])
    assert_keeps_the_contract(extraction)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(text=texts)
def test_any_text_keeps_the_contract(extractor: Extractor, text: str) -> None:
    (extraction,) = extractor.pipe([Article(id="any", text=text)])
    assert_keeps_the_contract(extraction)


def test_the_order_of_articles_is_kept_and_company_changes_nothing(extractor: Extractor) -> None:
    articles = [Article(id=str(number), text=text) for number, text in enumerate(NASTY)]
    together = list(extractor.pipe(articles))
    assert [extraction.article for extraction in together] == articles
    assert together == [one for article in articles for one in extractor.pipe([article])]


def test_ids_tell_articles_apart(extractor: Extractor) -> None:
    articles = [Article(id=name, text="Sweden rejected the treaty.") for name in ("a", "b")]
    first, second = [extraction.statements[0].id for extraction in extractor.pipe(articles)]
    assert first != second


def test_a_codebook_names_the_topic_and_keeps_the_id(extractor: Extractor) -> None:
    text = "Sweden rejected the treaty on fishing."
    concepts = (Concept("fisheries agreement", ("treaty on fishing",)),)
    coded = Extractor(extractor.nlp, concepts=concepts)
    assert read_one(coded, text).topic == "fisheries agreement"
    assert read_one(coded, text).id == read_one(extractor, text).id


def test_a_codebook_topic_is_found_in_other_words(extractor: Extractor) -> None:
    coded = Extractor(extractor.nlp, concepts=(Concept("troops in Chad"),))

    statement = read_one(coded, "Sweden opposed the deployment of soldiers to Chad.")

    assert statement.topic == "troops in Chad"


def test_a_topic_takes_its_place_from_the_rest_of_the_article(extractor: Extractor) -> None:
    text = "Sweden opposed sending troops to Chad. Norway rejected a deployment of soldiers."

    (extraction,) = extractor.pipe([Article(id="a", text=text)])

    topics = [statement.topic for statement in extraction.statements]
    assert topics == ["sending troops to Chad", "deployment of soldiers in Chad"]
