"""What a person set stays under later words; danger told anew does not wait for anybody's opinion."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import MODEL, PERSON, ROUTED, RULES, Tags
from bot.domain.correcting import KIND, LOCATION, TOPIC, URGENCY, alarmed, corrected, raised, reread
from bot.domain.labels import KINDS, LANGUAGES, TOPICS, URGENCIES

VALUES = {URGENCY: URGENCIES, KIND: KINDS, LOCATION: ("Desa Comal", "Desa Bulu")}
FIXED = st.sets(st.sampled_from(sorted(VALUES))).map(lambda found: tuple(sorted(found)))
TAGS = st.builds(
    Tags, kind=st.sampled_from(KINDS), topic=st.sampled_from(TOPICS), urgency=st.sampled_from(URGENCIES),
    language=st.sampled_from(LANGUAGES), location=st.sampled_from([None, "Desa Comal"]), unsure=st.booleans(),
    set_by=st.sampled_from([MODEL, RULES, PERSON, ROUTED]), alarming=st.booleans(),
)  # fmt: skip
KEPT = st.builds(lambda tags, fixed: replace(tags, fixed=fixed), TAGS, FIXED)
CORRECTIONS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.tuples(st.just(field), st.sampled_from(VALUES[field]))
)


def value(tags: Tags, field: str) -> str | None:
    return {URGENCY: tags.urgency, KIND: tags.kind, LOCATION: tags.location}[field]


@given(KEPT, CORRECTIONS)
def test_a_correction_sets_one_field_and_fixes_it(tags: Tags, correction: tuple[str, str]) -> None:
    field, new = correction
    after = corrected(tags, field, new)
    assert value(after, field) == new
    assert set(after.fixed) == {*tags.fixed, field}
    assert all(value(after, other) == value(tags, other) for other in VALUES if other != field)
    assert (after.topic, after.set_by, after.unsure) == (tags.topic, tags.set_by, tags.unsure)


def test_a_topic_is_set_by_handing_over_and_not_here() -> None:
    with pytest.raises(ValueError, match="'topic'"):
        corrected(Tags("pengaduan", "jalan", "sedang", "id"), TOPIC, "sampah")


@given(TAGS, KEPT)
def test_what_a_person_set_stays_when_the_words_are_read_again(new: Tags, kept: Tags) -> None:
    after = reread(new, kept)
    assert after.fixed == kept.fixed
    assert [value(after, field) for field in kept.fixed] == [value(kept, field) for field in kept.fixed]
    if kept.settled:
        assert (after.topic, after.set_by, after.unsure) == (kept.topic, kept.set_by, kept.unsure)
    else:
        assert (after.topic, after.set_by) == (new.topic, new.set_by)


@given(TAGS, KEPT, st.none() | TAGS)
def test_an_emergency_ends_by_a_person_alone(new: Tags, kept: Tags, fresh: Tags | None) -> None:
    if kept.emergency:
        assert reread(new, kept, fresh).emergency


@given(KEPT, TAGS)
def test_danger_words_told_anew_are_always_an_emergency(kept: Tags, fresh: Tags) -> None:
    told = replace(fresh, urgency="darurat", alarming=True)
    assert raised(kept, told).emergency
    assert reread(replace(fresh, urgency="rendah"), kept, told).emergency


@given(KEPT, TAGS)
def test_the_mere_opinion_of_the_model_undoes_no_urgency_that_a_person_set(kept: Tags, fresh: Tags) -> None:
    opinion = replace(fresh, urgency="darurat", alarming=False)
    assert raised(kept, opinion).emergency == (kept.emergency or URGENCY not in kept.fixed)


@given(KEPT)
def test_an_alarm_voids_what_a_person_thought_of_the_urgency_and_nothing_else(kept: Tags) -> None:
    after = alarmed(kept)
    assert after == replace(kept, urgency="darurat", fixed=tuple(f for f in kept.fixed if f != URGENCY))
    assert raised(kept, None) == kept
