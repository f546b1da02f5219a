"""Producers, sessions and links in the database: what is used once is used once, and somebody always owns."""

import threading
from datetime import timedelta

import pytest
from builders import NOON
from people import DAY, add, make_link, make_producer, make_session

from catalogue.domain.producers import LinkKind, LogEntry, Stage
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.errors import LastOwner, NameTaken, NotFound

HOUR = timedelta(hours=1)
# Longer than an index of PostgreSQL's takes, with what no database takes.
LONG = "guid\0" + "x" * 4000


def test_a_producer_is_given_back_with_all_that_was_said(index):
    made = add(index, "josé", role=Role.EDITOR, show=LONG)
    assert made == index.producer(made.id) == index.producer_named("josé") == index.producers()[0]
    assert (made.shown_name, made.created_at, made.grants) == ("José", NOON, (Grant(show_guid=LONG, role=Role.EDITOR),))
    assert (index.producer(made.id + 1), index.producer_named("Josè"), index.has_producers()) == (None, None, True)


def test_a_link_makes_one_producer_and_no_second(index):
    link = make_link()
    index.save_link(link)
    index.add_producer(make_producer("ana"), link_hash=link.token_hash, now=NOON)
    with pytest.raises(NotFound, match="used already, or is too old"):
        index.add_producer(make_producer("eva"), link_hash=link.token_hash, now=NOON)
    assert [one.name for one in index.producers()] == ["ana"]


def test_a_link_that_is_over_makes_nobody(index):
    link = make_link()
    index.save_link(link)
    with pytest.raises(NotFound):
        index.add_producer(make_producer(), link_hash=link.token_hash, now=link.expires_at)


def test_a_name_that_is_taken_uses_no_link_up(index):
    add(index, "ana")
    link = make_link()
    index.save_link(link)
    with pytest.raises(NameTaken):
        index.add_producer(make_producer("ana"), link_hash=link.token_hash, now=NOON)
    assert index.link(link.token_hash) == link


def test_only_the_first_producer_begins(index):
    first, second = make_link(LinkKind.BEGIN), make_link(LinkKind.BEGIN)
    index.save_link(first)
    index.save_link(second)
    assert index.link(first.token_hash) is None, "a new one takes its place"
    add(index)
    assert index.link(second.token_hash) is None, "somebody is there"
    with pytest.raises(NotFound):
        index.add_producer(make_producer("eva"), link_hash=second.token_hash, now=NOON)


def test_of_two_who_begin_at_once_one_does(index):
    link = make_link(LinkKind.BEGIN)
    index.save_link(link)
    made = []

    def begin(name):
        try:
            made.append(index.add_producer(make_producer(name), link_hash=link.token_hash, now=NOON).name)
        except NotFound:
            return

    threads = [threading.Thread(target=begin, args=(name,)) for name in ("ana", "eva")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.name for one in index.producers()] == made
    assert len(made) == 1


def test_a_role_takes_the_place_of_the_one_in_the_same_show(index):
    owner = add(index)
    index.grant(owner.id, Grant(show_guid="a", role=Role.EDITOR), now=NOON)
    index.grant(owner.id, Grant(show_guid="a", role=Role.REVIEWER), now=NOON)
    found = index.producer(owner.id)
    assert {one.show_guid: one.role for one in found.grants} == {ALL_SHOWS: Role.OWNER, "a": Role.REVIEWER}
    index.revoke(owner.id, "a", now=NOON)
    assert index.producer(owner.id).grants == owner.grants


@pytest.mark.parametrize("deed", ["demote", "revoke", "disable"])
def test_the_last_owner_of_all_stays(index, deed):
    owner, _ = add(index), add(index, "eva", role=Role.EDITOR)
    deeds = {
        "demote": lambda: index.grant(owner.id, Grant(show_guid=ALL_SHOWS, role=Role.EDITOR), now=NOON),
        "revoke": lambda: index.revoke(owner.id, ALL_SHOWS, now=NOON),
        "disable": lambda: index.disable_producer(owner.id, NOON),
    }
    with pytest.raises(LastOwner):
        deeds[deed]()
    assert index.producer(owner.id) == owner
    add(index, "luz")
    deeds[deed]()
    assert index.producer(owner.id) != owner


def test_who_is_disabled_is_signed_in_nowhere(index):
    add(index)
    eva = add(index, "eva")
    session, link = make_session(eva), make_link(LinkKind.RESET, producer_id=eva.id)
    index.save_session(session)
    index.save_link(link)
    index.disable_producer(eva.id, NOON)
    assert (index.session(session.token_hash), index.link(link.token_hash)) == (None, None)
    index.enable_producer(eva.id)
    assert index.producer(eva.id).disabled_at is None


def test_a_session_is_found_by_its_hash_with_whose_it_is(index):
    ana = add(index)
    session = make_session(ana, stage=Stage.PASSWORD)
    index.save_session(session)
    found, whose = index.session(session.token_hash)
    assert (found.stage, found.device, found.expires_at, whose) == (Stage.PASSWORD, session.device, NOON + DAY, ana)
    assert index.session("another") is None


def test_a_session_may_take_the_place_of_another(index):
    ana = add(index)
    before, after = make_session(ana), make_session(ana)
    index.save_session(before)
    index.save_session(after, replaces=before.token_hash)
    assert [one.token_hash for one in index.sessions_of(ana.id)] == [after.token_hash]


def test_sessions_end_one_by_one_and_all_but_one(index):
    ana, eva = add(index), add(index, "eva")
    kept, seen, hers = make_session(ana), make_session(ana), make_session(eva)
    for session in (kept, seen, hers, make_session(ana)):
        index.save_session(session)
    index.see_session(seen.token_hash, NOON + HOUR)
    newest = index.sessions_of(ana.id)[0]
    assert (newest.token_hash, newest.seen_at) == (seen.token_hash, NOON + HOUR)
    assert not index.end_session_of(eva.id, newest.id), "not hers"
    assert index.end_session_of(ana.id, newest.id)
    index.end_other_sessions(ana.id, but=kept.token_hash)
    assert [one.token_hash for one in (*index.sessions_of(ana.id), *index.sessions_of(eva.id))] == [
        kept.token_hash, hers.token_hash,
    ]  # fmt: skip
    index.end_session(hers.token_hash)
    assert index.sessions_of(eva.id) == ()


def test_a_new_password_ends_all_sessions(index):
    ana = add(index)
    index.save_session(make_session(ana))
    index.set_password(ana.id, "another")
    assert (index.producer(ana.id).password, index.sessions_of(ana.id)) == ("another", ())


def test_a_reset_takes_the_second_step_away_and_is_used_once(index):
    ana = add(index)
    index.propose_step(ana.id, 7)
    index.begin_second_step(ana.id, number=7, step=1, codes=["a"])
    link = make_link(LinkKind.RESET, producer_id=ana.id)
    index.save_link(link)
    found = index.reset_password("another", link_hash=link.token_hash, now=NOON)
    assert (found.password, found.second_step, index.recovery_codes_left(ana.id)) == ("another", None, 0)
    with pytest.raises(NotFound):
        index.reset_password("a third", link_hash=link.token_hash, now=NOON)


def test_only_the_newest_reset_of_somebody_works(index):
    ana, eva = add(index), add(index, "eva")
    links = [make_link(LinkKind.RESET, producer_id=one.id) for one in (ana, ana, eva)]
    for link in links:
        index.save_link(link)
    assert [index.link(link.token_hash) is not None for link in links] == [False, True, True]


def test_invitations_are_those_of_their_show(index):
    links = [make_link(show="a", role=Role.EDITOR), make_link(show="a"), make_link(show="b"), make_link()]
    for link in links:
        index.save_link(link)
    assert index.invitations("a") == tuple(links[:2])
    assert not index.end_invitation("b", links[0].token_hash), "another show's"
    assert index.end_invitation("a", links[0].token_hash)
    assert index.invitations("a") == (links[1],)
    index.sweep_links(NOON + DAY)
    assert index.invitations(ALL_SHOWS) == ()


def test_who_is_a_producer_already_takes_an_invitation_up(index):
    ana, link = add(index), make_link(show="a", role=Role.REVIEWER)
    index.save_link(link)
    index.accept_invitation(ana.id, link_hash=link.token_hash, now=NOON)
    assert index.producer(ana.id).role_in("a") is Role.REVIEWER
    with pytest.raises(NotFound):
        index.accept_invitation(ana.id, link_hash=link.token_hash, now=NOON)


def test_an_invitation_takes_no_right_away(index):
    ana = add(index)
    for role in (Role.REVIEWER, Role.OWNER):
        link = make_link(role=role)
        index.save_link(link)
        index.accept_invitation(ana.id, link_hash=link.token_hash, now=NOON)
        assert index.producer(ana.id).role_in(ALL_SHOWS) is Role.OWNER


def test_a_second_step_begins_with_what_was_proposed(index):
    ana = add(index)
    index.propose_step(ana.id, 2**62 - 1)
    assert not index.begin_second_step(ana.id, number=1, step=5, codes=["a"])
    assert index.begin_second_step(ana.id, number=2**62 - 1, step=5, codes=["a", "b"])
    found = index.producer(ana.id)
    assert (found.second_step, found.proposed_step, found.last_step) == (2**62 - 1, None, 5)
    index.end_second_step(ana.id)
    assert (index.producer(ana.id).second_step, index.recovery_codes_left(ana.id)) == (None, 0)


def test_a_code_of_either_kind_is_used_once(index):
    ana, eva = add(index), add(index, "eva")
    index.propose_step(ana.id, 7)
    index.begin_second_step(ana.id, number=7, step=5, codes=["a", "b"])
    assert [index.use_step(ana.id, step) for step in (5, 4, 6, 6)] == [False, False, True, False]
    assert not index.use_recovery_code(eva.id, "a")
    assert [index.use_recovery_code(ana.id, code) for code in ("a", "a", "c")] == [True, False, False]
    assert index.recovery_codes_left(ana.id) == 1


def test_tries_are_counted_under_each_key_until_one_is_full(index):
    limits = {"a": (2, NOON - HOUR), "b": (3, NOON - HOUR)}
    tried = [index.take_attempt(limits, NOON + timedelta(seconds=second)) for second in range(3)]
    assert tried == [None, None, NOON]
    assert index.take_attempt({"b": (3, NOON - HOUR)}, NOON) is None, "the third was counted nowhere"
    assert index.take_attempt({"a": (2, NOON)}, NOON + HOUR) is None, "one is too old to count"
    assert index.take_attempt({"b": (1, NOON - HOUR)}, NOON, kept_from=NOON + HOUR) is None, "all before is forgotten"
    index.forget_attempts(["a"])
    assert index.take_attempt({"a": (1, NOON)}, NOON + HOUR) is None


def test_many_at_once_take_no_more_tries_than_there_are(index):
    taken = []

    def try_often():
        for _ in range(5):
            if index.take_attempt({"a": (7, NOON - HOUR)}, NOON) is None:
                taken.append(1)

    threads = [threading.Thread(target=try_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 7


def test_the_log_is_given_newest_first_by_show_and_page(index):
    entries = [LogEntry(at=NOON, who="Ana\0", what=str(number), show_guid=LONG[: number % 2]) for number in range(5)]
    for entry in entries:
        index.save_log_entry(entry)
    assert index.log_entries(show_guids=None, offset=0, limit=2) == (entries[4], entries[3])
    assert index.log_entries(show_guids=[LONG[:1]], offset=1, limit=5) == (entries[1],)
    assert index.log_entries(show_guids=[], offset=0, limit=5) == ()


def test_what_is_over_is_swept(index):
    ana = add(index)
    index.save_session(make_session(ana))
    index.save_log_entry(LogEntry(at=NOON, who="Ana", what="x"))
    index.take_attempt({"a": (1, NOON - HOUR)}, NOON)
    index.sweep_accounts(now=NOON, tried=NOON, logged=NOON)
    assert len(index.sessions_of(ana.id)) == len(index.log_entries(show_guids=None, offset=0, limit=9)) == 1
    later = NOON + DAY
    index.sweep_accounts(now=later, tried=later, logged=later)
    assert index.sessions_of(ana.id) == index.log_entries(show_guids=None, offset=0, limit=9) == ()
    assert index.take_attempt({"a": (1, NOON - HOUR)}, NOON) is None


def test_who_began_an_episode_is_kept_under_guids_of_any_length(index):
    index.save_author(LONG, "a" + LONG, 3)
    index.save_author(LONG, "a" + LONG, 4)
    assert (index.author(LONG, "a" + LONG), index.author(LONG + "a", LONG), index.author("", "")) == (4, None, None)


def test_the_language_somebody_chose_is_kept(index):
    ana = add(index)
    index.set_producer_language(ana.id, "es")
    assert index.producer(ana.id).language == "es"
