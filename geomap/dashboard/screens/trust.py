"""What people said: by institution, group and place; who answered; the scales of resilience; felt against recorded."""

import pandas as pd
import streamlit as st

from geomap.dashboard.address import choose, from_address
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.shown import assessment, edition, shapes
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.dashboard.wardmap import wardmap
from geomap.language import known, say
from geomap.symbology.lines import line_with_intervals
from geomap.symbology.markup import for_markdown
from geomap.views.answers import SUMMED, by_group, by_place, of_place, over_time, reasons
from geomap.views.group_differences import sentences as differing
from geomap.views.non_response import sentences as unanswered
from geomap.views.perceived import in_words, opens_at, perceived_against_recorded, perceived_map
from geomap.views.read_first import read_first, still_to_know, to_read
from geomap.views.shrinkage import side_by_side
from geomap.views.unheard import coverage_map, scales, sentences, table

found = edition()
tables = {kind: [name for name in found.tables if name.endswith(kind)] for kind in ("-answers", "-who-answered", "-pillars")}
names = {code: name for level in found.levels for code, name in assessment(found, level).places["name"].items()}
st.title(say("What people said"))
glossary_line("interval", "withheld", "modelled", "base", "bias")
if not any(tables.values()):
    st.info(say("This edition shows no survey. List one under [[survey]] in methodology.toml and build again."))
    st.stop()
if tables["-who-answered"]:
    st.subheader(say("Who has not been heard"))
for name in tables["-who-answered"]:
    who = found.table(name)
    st.caption(for_markdown(known(found.tables[name])))
    for sentence in sentences(who, names):
        st.write(for_markdown(sentence))
    here = assessment(found, found.levels[0])
    if (who["kind"] == here.level).any():
        wardmap(
            coverage_map(here, who, known(found.tables[name])),
            shapes=shapes(found, here.level),
            selected=None,
            fade=False,
            key=f"{name}-map",
        )
    if (silent := name.removesuffix("who-answered") + "non-response") in found.tables:
        with st.expander(say("What those who did not answer could change")):
            for sentence in unanswered(found.table(silent)):
                st.write("- " + for_markdown(sentence))
    with st.expander(say("Everyone who answered, against who lives here")):
        show_table(table(who, names), hide_index=True)
address = {}
for name in tables["-answers"]:
    answers = found.table(name)
    st.subheader(for_markdown(known(found.tables[name])))
    for sentence in read_first(found, name):
        st.caption(for_markdown(sentence))
    levels = [level for level in found.levels if level in set(answers["level"])]
    level = from_address("level", levels, levels[0]) or levels[0]
    places = sorted(set(answers.loc[answers["level"] == level, "code"]), key=lambda code: names.get(code, code))
    start = places.index(from_address("place", places, places[0]))
    code = st.selectbox(say("Neighbourhood"), places, format_func=lambda code: names.get(code, code), index=start, key=f"{name}-place")
    address |= {"level": level, "place": code}
    for sentence in of_place(answers, level, code):
        st.write("- " + for_markdown(sentence))
    groups = sorted(set(answers["by"]) - {""})
    if groups:
        first = groups.index(from_address("group", groups, groups[0]))
        by = st.radio(
            say("In the city, by"), groups, format_func=lambda by: by.replace("_", " "), horizontal=True, key=f"{name}-by", index=first
        )
        address |= {"group": by}
        show_table(by_group(answers, by), height="content")
        apart = name.removesuffix("answers") + "differences"
        for sentence in differing(found.table(apart), names, by=by) if apart in found.tables else ():
            st.write("- " + for_markdown(sentence))
    coded = answers["answer"] != ""
    several, questions = (dict(zip(rows["question"], rows["wording"], strict=True)) for rows in (answers[coded], answers[~coded]))
    for key, wording in several.items():
        st.caption(for_markdown(f"{wording} {say(SUMMED)}"))
        show_table(reasons(answers, key), hide_index=True)
    asked = choose(say("Over the years"), questions, "question", key=f"{name}-question")
    address |= {"question": asked}
    whole = over_time(answers, asked)
    line = whole if len(whole) else over_time(answers, asked, level=level).query("code == @code")
    if len(line) > 1:
        about = say(
            "{question} {first} to {last}, per cent, with intervals",
            question=questions[asked], first=str(line["period"].iloc[0]), last=str(line["period"].iloc[-1]),
        )  # fmt: skip
        st.image(
            line_with_intervals(list(line["period"]), list(line["value"]), list(zip(line["low"], line["high"], strict=True)), about),
            caption=about,
            alt=about,
        )
        with st.expander(say("The same as numbers")):
            show_table(line.drop(columns=["code", "shown"]).round(1), hide_index=True)
    if answers["modelled"].notna().any():
        with st.expander(say("Own answers beside the model: how far each place was pulled towards the others")):
            show_table(side_by_side(answers, asked, level).rename(index=names))
    with st.expander(say("Every question in every neighbourhood")):
        show_table(by_place(answers, level).rename(columns=names).T)
for name in tables["-pillars"]:
    st.subheader(for_markdown(known(found.tables[name])))
    for sentence in read_first(found, name):
        st.caption(for_markdown(sentence))
    show_table(scales(found.table(name), names), hide_index=True)
shown = assessment(found, found.levels[0])
said = set(to_read(found, *tables["-answers"], *tables["-pillars"])["sentence"])
asked_about = [node for node in shown.of_kind("indicator") if node.evidence == "survey"]
if sentences_left := still_to_know(asked_about, said):
    with st.expander(say("What must be known of these answers")):
        for sentence in sentences_left:
            st.write("- " + for_markdown(sentence))
indicators = {node.id: node.title for node in shown.of_kind("indicator")}
asked_of = [node.id for node in asked_about]
on_record = [node.id for node in shown.of_kind("indicator") if node.evidence in ("police", "administrative")]
if asked_of and on_record:
    st.subheader(say("Felt and recorded"))
    felt = choose(say("What people perceive"), {one: indicators[one] for one in asked_of}, "felt", key="felt")
    recorded = choose(say("What is recorded"), {one: indicators[one] for one in on_record}, "recorded", key="recorded")
    address |= {"felt": felt, "recorded": recorded}
    if len(found.levels) > 1:
        usual = opens_at([assessment(found, level) for level in found.levels], felt, recorded)
        start = found.levels.index(from_address("by", list(found.levels), usual))
        by = st.radio(
            say("By"), found.levels, format_func=lambda level: assessment(found, level).many, horizontal=True, index=start, key="felt-by"
        )
        address |= {"by": by}
        shown = assessment(found, by)
    apart = perceived_against_recorded(shown, felt, recorded)
    wardmap(
        perceived_map(shown, apart, felt, recorded), shapes=shapes(found, shown.level), selected=None, fade=False, key="felt-map",
    )  # fmt: skip
    st.text(in_words(shown, apart, felt, recorded))
    told = pd.DataFrame(
        {
            say("Name"): apart["name"],
            say("What can be said"): apart["word"].map(say),
            say("Difference"): apart["difference"].round(2),
            say("Beyond chance"): apart["differs"],
        }
    )
    show_table(told.sort_values(say("Difference")), hide_index=True)
keep(address)
