"""`credpath next` and `credpath gap`: what closes the gap between the role one has and the role one wants."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from typing import TYPE_CHECKING

from api.commands import options as o

if TYPE_CHECKING:
    from api.commands.asking import Asked
    from api.service import Service
    from api.shapes.answer import NextShape
    from api.shapes.gap import GapShape


def next_command(
    role: o.RoleWords = None,
    to: o.To = None,
    as_: o.As = None,
    have: o.Have = None,
    level: o.LevelOf = None,
    fact: o.Fact = None,
    budget: o.Budget = None,
    hours_per_week: o.Hours = None,
    by: o.By = None,
    pin: o.Pin = None,
    exclude: o.Exclude = None,
    provider: o.ProviderWords = None,
    language: o.Language = None,
    mode: o.ModeWords = None,
    currency: o.CurrencyCode = None,
    hour_value: o.HourValue = None,
    aim: o.AimWord = "balanced",
    strict_role: o.StrictRole = False,
    optional: o.Optional_ = False,
    prefer_work: o.PreferWork = False,
    today: o.Today = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Which credentials, in which order, lead to the role you want; without --to, which roles you could go for.

    \b
    Examples:
      credpath next "Senior product manager"
      credpath next "Senior product manager" --to "Lead product manager" --hours-per-week 5 --budget 2000GBP
      credpath next --as me.yaml --to "Service owner" --aim strongest --json
    """
    from api.commands.asking import Asked
    from api.commands.running import running
    from api.terminal.answer import next_page
    from api.terminal.show import show, show_json

    asked = Asked(
        role=role,
        to=to,
        file=as_,
        have=have or [],
        levels=level or [],
        facts=fact or [],
        budget=budget,
        hours=hours_per_week,
        by=by,
        pin=pin or [],
        exclude=exclude or [],
        providers=provider or [],
        languages=language or [],
        modes=mode or [],
        currency=currency,
        hour_value=hour_value,
        aim=aim,
        strict_role=strict_role,
        optional=optional,
        prefer_work=prefer_work,
        today=today,
    )
    with running(store) as service:
        shape = answer_next(service, asked)
    if json:
        show_json(shape)
    else:
        show(next_page(shape))


def gap_command(
    role: o.RoleWords = None,
    to: o.To = None,
    as_: o.As = None,
    have: o.Have = None,
    level: o.LevelOf = None,
    fact: o.Fact = None,
    strict_role: o.StrictRole = False,
    optional: o.Optional_ = False,
    today: o.Today = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """What is open between you and a role, criterion by criterion, in the ladder's own words.

    \b
    Example:
      credpath gap "Senior product manager" --to "Lead product manager"
    """
    from api.commands.asking import Asked
    from api.commands.running import running
    from api.terminal.gap import gap_page
    from api.terminal.show import show, show_json

    asked = Asked(
        role=role,
        to=to,
        file=as_,
        have=have or [],
        levels=level or [],
        facts=fact or [],
        strict_role=strict_role,
        optional=optional,
        today=today,
    )
    with running(store) as service:
        shape = answer_gap(service, asked)
    if json:
        show_json(shape)
    else:
        show(gap_page(shape))


def answer_next(service: "Service", asked: "Asked") -> "NextShape":
    """What `next` says. Without a target: the ranking, and the answer for the next rung where there is exactly one."""
    from api.commands.asking import read_person_asked, read_question, target_of, today_of
    from api.present.answers import next_shape
    from api.present.view import View
    from ontology.errors import BadValue
    from recommender.answer import find_answer
    from recommender.readiness import find_prospects

    catalogue, rubric, today = service.catalogue, service.rubric, today_of(asked.today)
    person = read_person_asked(asked, catalogue, today)
    question = read_question(asked, catalogue, service.settings, today)
    target = target_of(asked, catalogue)
    prospects = None
    if target is None:
        if person.role is None:
            raise BadValue('say which role you have, such as credpath next "Senior product manager", or --to ROLE')
        prospects = find_prospects(catalogue.index, person, question, rubric=rubric)
        rungs = [prospect.role for prospect in prospects if prospect.step == "ladder step"]
        target = rungs[0] if len(rungs) == 1 else None
    answer = find_answer(catalogue.index, person, target, question, rubric=rubric) if target else None
    view = View(catalogue.index, rubric, today, question.currency)
    return next_shape(view, person, question, prospects=prospects, answer=answer)


def answer_gap(service: "Service", asked: "Asked") -> "GapShape":
    """What `gap` says."""
    from api.commands.asking import read_person_asked, target_of, today_of
    from api.present.gaps import gap
    from api.present.view import View
    from ontology.errors import BadValue
    from recommender.gap import find_gap

    catalogue, rubric, today = service.catalogue, service.rubric, today_of(asked.today)
    person = read_person_asked(asked, catalogue, today)
    target = target_of(asked, catalogue) or _only_next_rung(service, person.role)
    if target is None and person.role is None:
        raise BadValue('say which role you have, such as credpath gap "Senior product manager", or --to ROLE')
    if target is None:
        raise BadValue("say which role you want with --to ROLE; there is not exactly one next rung")
    found = find_gap(
        catalogue.index,
        person,
        target,
        rubric=rubric,
        today=today,
        assume_role=not asked.strict_role,
        optional=asked.optional,
    )
    return gap(View(catalogue.index, rubric, today, service.settings.currency), found)


def _only_next_rung(service: "Service", role: str | None) -> str | None:
    steps = service.index.next_roles(role) if role else ()
    rungs = [step.to_role for step in steps if step.kind == "ladder step"]
    return rungs[0] if len(rungs) == 1 else None
