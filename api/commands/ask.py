"""`credpath next` and `credpath gap`: what closes the gap between the role one has and the role one wants."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from functools import partial

from api.commands import options as o


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
    brief: o.Brief = False,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Which credentials, in which order, lead to the role you want; without --to, which roles you could go for.

    \b
    Examples:
      credpath next "Senior product manager"
      credpath next "Senior product manager" --to "Lead product manager" --hours-per-week 5 --budget 2000GBP
      credpath next "Senior product manager" --to "Lead product manager" --brief
      credpath next --as me.yaml --to "Service owner" --aim strongest --json
    """
    from api.asking.answering import answer_next
    from api.asking.reading import Asked
    from api.commands.running import reading
    from api.terminal.answer import next_page
    from api.terminal.show import tell

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
    shape = answer_next(reading(store), asked)
    tell(shape, partial(next_page, brief=brief), json=json)


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
    from api.asking.answering import answer_gap
    from api.asking.reading import Asked
    from api.commands.running import reading
    from api.terminal.gap import gap_page
    from api.terminal.show import tell

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
    shape = answer_gap(reading(store), asked)
    tell(shape, gap_page, json=json)
