"""/catat: an operator takes down what a caller or walk-in reports, in one message or step by step."""

from dataclasses import replace

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.codes import find_code
from bot.domain.counter import HOWS, MARK, WORDS_CHARS, Form, last_digits, read_form, read_who
from bot.domain.counter_records import OfficeDraft
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed, Said, Sender, Sentence
from bot.domain.outgoing import Button, EditText, Outgoing, Rows, Text
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.at_counter import bring_words, check, reporter
from bot.services.visits.calls import say_calls, say_case
from bot.services.visits.counter_web import invite
from bot.services.visits.guests import asks_for_guest, draw_guest, press_guest, whom_at_first
from bot.services.visits.taking_down import for_operator, take_down

DRAFT_SECONDS = 3600.0
SILENT = ""
WORDS, REST, WHO, ANSWER = "words", "rest", "who", "answer"  # what a draft waits for
SAVE, DROP, ANONYMOUS, SECRET = "simpan", "urung", "anonim", "rahasia"


def obey(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/catat, /catat web, /catat daftar, /catat temu, /catat CODE, /catat CODE words, /catat words."""
    chat, words = command.chat, command.argument.strip()
    first, *rest = words.split(maxsplit=1) or [""]
    code = find_code(first, office.region.prefix)
    try:
        check(uow, office, command.sender, chat)
        if words.casefold() == "web":
            invite(uow, office, command)
        elif words.casefold() == "daftar":
            say_calls(uow, office, chat, reply_to=command.message_id)
        elif (guest := asks_for_guest(words)) is not None:
            _begin_guest(uow, office, command, guest)
        elif code:
            _about(uow, office, command, code, "".join(rest))
        elif words:
            _at_once(uow, office, command, read_form(words))
        else:
            _begin(uow, office, command)
    except PressRefused as refused:
        _say(uow, office, chat, office.texts(refused.key, **refused.fields), reply_to=command.message_id)


def press_intake(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A button of a report half told; returns the toast. PressRefused where it does not act."""
    draft = _mine(uow, office, pressed, what)
    if what.action == buttons.INTAKE_WHO:
        _ask(uow, office, pressed, draft, WHO, "counter.ask_who")
        return office.texts("toast.prompt")
    if what.argument == SAVE and draft.head is None:
        return _save(uow, office, pressed, draft)
    if what.argument == DROP:
        uow.offices.drop_draft(draft.id)
        _edit(uow, office, pressed, office.texts("counter.dropped"))
        return office.texts("toast.cancelled")
    private = pressed.chat.private
    if draft.head is not None:
        _edit(uow, office, pressed, *press_guest(uow, office, pressed.sender, draft, what.argument, private=private))
        return SILENT
    draft = uow.offices.change_draft(draft.id, at=office.clock(), form=_changed(draft.form, what.argument))
    _edit(uow, office, pressed, *_drawn(uow, office, draft, private=private))
    return SILENT


def ask_answer(uow: UnitOfWork, office: Office, pressed: Pressed, code: str) -> str:
    """`Tulis jawaban`: the operator's next reply is what the reporter says; returns the toast."""
    reporter(uow, uow.cases.by_code(code))
    draft = _new(uow, office, pressed.chat, pressed.sender, ANSWER, form=Form(code))
    _ask(uow, office, pressed, draft, ANSWER, "counter.ask_answer", code=code)
    return office.texts("toast.prompt")


def take_sentence(uow: UnitOfWork, office: Office, said: Said) -> bool:
    """What an operator says where something of theirs is waited for; False where it is not."""
    draft = uow.offices.draft(said.chat.channel, said.chat.id, said.sender.id)
    text = said.text.strip()
    if draft is None or draft.step == REST or not text or office.clock() - draft.at > DRAFT_SECONDS:
        return False
    try:
        check(uow, office, said.sender, said.chat)
        _take(uow, office, said, draft, text)
    except PressRefused as refused:
        _say(uow, office, said.chat, office.texts(refused.key, **refused.fields), reply_to=said.message_id)
    return True


def submit_intake(uow: UnitOfWork, office: Office, sentence: Sentence, what: Press) -> None:
    """The same from a form; PressRefused where it does not act."""
    chat, sender = sentence.chat, sentence.sender
    check(uow, office, sender, chat)
    said = Said(chat, sender, sentence.message_id, sentence.at, text=sentence.text)
    if what.action == buttons.CALL_ANSWER:
        _answer(uow, office, said, what.subject, sentence.text.strip(), reply_to=None)
        return
    draft = uow.offices.draft_by_id(int(what.subject)) if what.subject.isdigit() else None
    if draft is None or draft.user_id != sender.id:
        raise PressRefused("toast.done_already")
    _keep_who(uow, office, said, draft, sentence.text, reply_to=None)


def _about(uow: UnitOfWork, office: Office, command: Command, code: str, words: str) -> None:
    """A case by its code: what there is to tell; with words, what its reporter says now."""
    case, _ = reporter(uow, uow.cases.by_code(code))
    if not words:
        say_case(uow, office, command.chat, case, operator=command.sender, reply_to=command.message_id)
        return
    said = Said(command.chat, command.sender, command.message_id, command.at, text=words)
    _answer(uow, office, said, code, words, reply_to=command.message_id)


def _answer(uow: UnitOfWork, office: Office, said: Said, code: str, text: str, *, reply_to: str | None) -> None:
    case, _ = reporter(uow, uow.cases.by_code(code))
    case = bring_words(uow, office, said.sender, case, text)
    status = office.status_of(case)
    _say(uow, office, said.chat, office.texts("counter.brought", code=case.code, status=status), reply_to=reply_to)


def _at_once(uow: UnitOfWork, office: Office, command: Command, form: Form) -> None:
    chat = command.chat
    once = f"{chat.channel}:{chat.id}:{command.message_id}"[:64]
    case = take_down(uow, office, _good(form), operator=command.sender, once=once, chat=chat)
    _say(uow, office, chat, for_operator(uow, office, case), reply_to=command.message_id)


def _good(form: Form) -> Form:
    """The form; PressRefused where it says nothing, or a number cannot be one."""
    if form.bad_phone:
        raise PressRefused("counter.bad_phone", number=form.bad_phone[:40])
    if not form.words:
        raise PressRefused("counter.no_words")
    return form


def _begin(
    uow: UnitOfWork, office: Office, command: Command, key: str = "counter.ask_words", head: str | None = None
) -> None:  # fmt: skip
    _new(uow, office, command.chat, command.sender, WORDS, head=head)
    text = f"{MARK} {office.texts(key, name=command.sender.name or 'Petugas')}"
    _put(uow, office, command.chat, Text(text, reply_to=command.message_id, ask_reply=True))


def _begin_guest(uow: UnitOfWork, office: Office, command: Command, words: str) -> None:
    """Somebody wants to meet a head: who and why in one message, or asked for."""
    head = whom_at_first(office)
    if not words:
        _begin(uow, office, command, "counter.ask_guest", head)
        return
    form = _good(read_form(words))
    draft = _new(uow, office, command.chat, command.sender, REST, form=form, head=head)
    _show(uow, office, command.chat, draft, reply_to=command.message_id)


def _take(uow: UnitOfWork, office: Office, said: Said, draft: OfficeDraft, text: str) -> None:
    if draft.step == ANSWER:
        uow.offices.drop_draft(draft.id)
        _answer(uow, office, said, draft.form.words, text, reply_to=said.message_id)
    elif draft.step == WHO:
        _keep_who(uow, office, said, draft, text, reply_to=said.message_id)
    else:
        draft = uow.offices.change_draft(draft.id, step=REST, at=office.clock(), form=_good(read_form(text)))
        _show(uow, office, said.chat, draft, reply_to=said.message_id)


def _keep_who(
    uow: UnitOfWork, office: Office, said: Said, draft: OfficeDraft, text: str, *, reply_to: str | None
) -> None:
    """Name and number; where a number cannot be one, nothing is kept and it is asked again."""
    who = read_who(text)
    if who.bad_phone:
        raise PressRefused("counter.bad_phone", number=who.bad_phone[:40])
    form = replace(draft.form, name=who.name or draft.form.name, phone=who.phone or draft.form.phone)
    draft = uow.offices.change_draft(draft.id, step=REST, at=office.clock(), form=form)
    _show(uow, office, said.chat, draft, reply_to=reply_to)


def _save(uow: UnitOfWork, office: Office, pressed: Pressed, draft: OfficeDraft) -> str:
    case = take_down(uow, office, draft.form, operator=pressed.sender, once=f"draf:{draft.id}", chat=pressed.chat)
    uow.offices.drop_draft(draft.id)
    _edit(uow, office, pressed, for_operator(uow, office, case))
    return office.texts("toast.ok")


def _mine(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> OfficeDraft:
    """The draft behind a button, for whoever began it."""
    check(uow, office, pressed.sender, pressed.chat)
    draft = uow.offices.draft_by_id(int(what.subject)) if what.subject.isdigit() else None
    if draft is None or not draft.form.words:
        raise PressRefused("toast.done_already")
    if draft.user_id != pressed.sender.id:
        raise PressRefused("counter.not_you")
    return draft


def _new(
    uow: UnitOfWork, office: Office, chat: Chat, sender: Sender, step: str, *, form: Form | None = None,
    head: str | None = None,
) -> OfficeDraft:  # fmt: skip
    new = OfficeDraft(0, chat.channel, chat.id, sender.id, step, office.clock(), form or Form(), head)
    return uow.offices.begin_draft(new)


def _changed(form: Form, choice: str) -> Form:
    if choice in HOWS:
        return replace(form, how=choice)
    if choice == ANONYMOUS:
        return replace(form, anonymous=not form.anonymous)
    if choice == SECRET:
        return replace(form, secret=not form.secret)
    raise PressRefused("toast.unknown")


def _show(uow: UnitOfWork, office: Office, chat: Chat, draft: OfficeDraft, *, reply_to: str | None) -> None:
    text, rows = _drawn(uow, office, draft, private=chat.private)
    _put(uow, office, chat, Text(text, reply_to=reply_to, rows=rows))


def _drawn(uow: UnitOfWork, office: Office, draft: OfficeDraft, *, private: bool) -> tuple[str, Rows]:
    """What would be saved. In a group neither name nor number is shown again."""
    if draft.head is not None:
        return draw_guest(uow, office, draft, private=private)
    form = draft.form
    phone = form.phone if private else last_digits(form.phone) if form.phone else None
    name = form.name if private or not form.name else office.texts("counter.name_kept")
    who = ", ".join(filter(None, (name, phone))) or office.texts("counter.nobody")
    return office.texts("counter.summary", words=form.words[: WORDS_CHARS // 2], who=who), _choices(office, draft)


def _choices(office: Office, draft: OfficeDraft) -> Rows:
    def button(words: str, what: str, *, chosen: bool = False) -> Button:
        return Button(f"✓ {words}" if chosen else words, buttons.encode(buttons.INTAKE, str(draft.id), what))

    texts = office.texts
    hows = [button(texts(f"how.{how}"), how, chosen=draft.form.how == how) for how in HOWS]
    hidden = (
        button(texts("button.catat_anonim"), ANONYMOUS, chosen=draft.form.anonymous),
        button(texts("button.catat_rahasia"), SECRET, chosen=draft.form.secret),
    )
    who = Button(texts("button.siapa"), buttons.encode(buttons.INTAKE_WHO, str(draft.id)))
    end = (button(texts("button.catat_simpan"), SAVE), button(texts("button.cancel_prompt"), DROP))
    return (tuple(hows[:2]), tuple(hows[2:]), hidden, (who,), end)


def _ask(
    uow: UnitOfWork, office: Office, pressed: Pressed, draft: OfficeDraft, step: str, key: str, **fields: str
) -> None:
    """Ask the presser; their next reply is it."""
    uow.offices.change_draft(draft.id, step=step, at=office.clock())
    text = f"{MARK} {office.texts(key, name=pressed.sender.name or 'Petugas', **fields)}"
    _put(uow, office, pressed.chat, Text(text, reply_to=pressed.message_id, ask_reply=True))


def _say(uow: UnitOfWork, office: Office, chat: Chat, text: str, *, reply_to: str | None) -> None:
    _put(uow, office, chat, Text(text, reply_to=reply_to))


def _put(uow: UnitOfWork, office: Office, chat: Chat, intent: Text) -> None:
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, text: str, rows: Rows = ()) -> None:
    chat = replace(pressed.chat)
    edit = EditText(pressed.message_id, text, rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())
