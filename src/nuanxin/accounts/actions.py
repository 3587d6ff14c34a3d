"""Writes: accounts, roles, tokens, each in one transaction with its audit event."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_noop

from nuanxin.accounts.models import ApiToken, Grant, Staff
from nuanxin.accounts.permissions import check_may_manage, check_may_manage_all
from nuanxin.accounts.queries import grants_at, token_digest
from nuanxin.accounts.rules import OFFICE_ROLES, grant_fault
from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE, staff_stream
from nuanxin.audit.transactions import write

TOKEN_PREFIX = "nx_"  # noqa: S105 - says what kind of string it is, so that scanners recognise a leaked one
LONGEST_TOKEN = timedelta(days=366)


class AccountFault(Exception):
    """An account action that cannot be done; ``code`` is stable, ``sentence`` says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


SENTENCES = {
    "not_a_staff_role": gettext_noop("This role is not one that an account can hold."),
    "supervisor_level": gettext_noop("A supervisor's region is the nation, a province, a city or a county."),
    "office_missing": gettext_noop("This role works for an office: give the account its office first."),
    "another_region": gettext_noop(
        "This account already holds a role in another region; make a second account."
    ),
    "held_already": gettext_noop("This account already holds this role."),
    "federated_taken": gettext_noop("Another account has this identity provider's id."),
    "username_taken": gettext_noop("Another account has this user name; choose another."),
    "not_held": gettext_noop("This account does not hold this role."),
    "expiry": gettext_noop("A token expires within a year, and later than now."),
    "role_missing": gettext_noop("The person does not hold the role that the token would have."),
    "yourself": gettext_noop("Nobody ends their own account or takes their own administrator's role."),
}


def _fault(code: str) -> AccountFault:
    return AccountFault(code, SENTENCES[code])


def _record(stream: int, kind: str, payload: dict[str, Any], by: Actor, at: datetime) -> None:
    append([NewEvent(stream, 0, kind, payload)], by=by, at=at)


def create_staff(
    *,
    username: str,
    name: str,
    password: str | None,
    office: int = 0,
    phone: str = "",
    must_change_password: bool = True,
    by: Actor,
    at: datetime,
) -> Staff:
    """Make an account without roles. ``password`` None: signs in through the identity provider only.

    Raises AccountFault (username_taken), ValidationError for a weak password or bad name, PermissionDenied.
    """
    check_may_manage_all(by, set())
    staff = Staff(
        username=username.strip().lower(),
        name=name.strip(),
        phone=phone,
        office_id=office,
        must_change_password=must_change_password and password is not None,
        created_at=at,
        created_by_id=by.id,
    )
    if password is None:
        staff.set_unusable_password()
    else:
        validate_password(password, staff)
        staff.set_password(password)
    staff.full_clean(validate_unique=False, validate_constraints=False)
    with write():
        if Staff.objects.filter(username=staff.username).exists():
            raise _fault("username_taken")
        staff.save(force_insert=True)
        _record(staff_stream(staff.pk), "staff.created", {"staff": staff.pk, "office": office}, by, at)
    return staff


def alter_staff(
    *, staff: Staff, name: str, phone: str, office: int, federated_id: str | None, by: Actor, at: datetime
) -> Staff:
    """Change what is known of a person. Raises ValidationError, AccountFault (office_missing, federated_taken),
    PermissionDenied."""
    with write():
        check_may_manage_all(by, _regions(staff, at))
        held = set(Grant.objects.filter(grants_at(at), staff=staff).values_list("role", flat=True))
        if held & OFFICE_ROLES and not office:
            raise _fault("office_missing")
        if federated_id and Staff.objects.filter(federated_id=federated_id).exclude(pk=staff.pk).exists():
            raise _fault("federated_taken")
        staff.name, staff.phone, staff.office_id = name.strip(), phone, office
        staff.federated_id = federated_id or None
        staff.full_clean(validate_unique=False, validate_constraints=False)
        staff.save(update_fields=["name", "phone", "office_id", "federated_id"])
        _record(staff_stream(staff.pk), "staff.altered", {"staff": staff.pk, "office": office}, by, at)
    return staff


def grant_role(
    *, staff: Staff, role: str, region: int, until: datetime | None = None, by: Actor, at: datetime
) -> Grant:
    """Give a role in a region (12 digits, 0 the nation) from now on. Raises AccountFault, NotARegion,
    PermissionDenied."""
    check_may_manage(by, region)
    with write():
        # Two administrators at once: the second sees what the first gave.
        Staff.objects.select_for_update().get(pk=staff.pk)
        held = list(Grant.objects.filter(grants_at(at), staff=staff))
        code = grant_fault(role, region, staff.office_id, frozenset(grant.region for grant in held))
        if code is not None:
            raise _fault(code)
        if any(grant.role == role for grant in held):
            raise _fault("held_already")
        Grant.objects.filter(staff=staff, role=role, until__isnull=True).update(until=at)
        grant = Grant.objects.create(
            staff=staff, role=role, region=region, since=at, until=until, granted_by=by.id
        )
        payload = {"grant": grant.pk, "staff": staff.pk, "role": str(role), "region": region}
        _record(staff_stream(staff.pk), "staff.role_granted", payload, by, at)
    return grant


def revoke_role(*, staff: Staff, role: str, by: Actor, at: datetime) -> Grant:
    """End a role at once; it stops working with the next request. Raises AccountFault, PermissionDenied."""
    with write():
        grant = Grant.objects.select_for_update().filter(grants_at(at), staff=staff, role=role).first()
        if grant is None:
            raise _fault("not_held")
        check_may_manage(by, grant.region)
        if by.id == staff.pk and role == "administrator":
            raise _fault("yourself")
        grant.until, grant.ended_by = at, by.id
        grant.save(update_fields=["until", "ended_by"])
        payload = {"grant": grant.pk, "staff": staff.pk, "role": str(role)}
        _record(staff_stream(staff.pk), "staff.role_revoked", payload, by, at)
    return grant


def deactivate(*, staff: Staff, by: Actor, at: datetime) -> None:
    """End an account: its sessions, tokens and roles stop with the next request. Raises AccountFault,
    PermissionDenied."""
    if by.id == staff.pk:
        raise _fault("yourself")
    with write():
        check_may_manage_all(by, _regions(staff, at))
        Grant.objects.filter(grants_at(at), staff=staff).update(until=at, ended_by=by.id)
        ApiToken.objects.filter(staff=staff, revoked_at__isnull=True).update(revoked_at=at)
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        _record(staff_stream(staff.pk), "staff.deactivated", {"staff": staff.pk}, by, at)


def reset_password(*, staff: Staff, by: Actor, at: datetime) -> str:
    """Give a new password, to be changed at the next sign-in. It is returned and never stored.

    Raises PermissionDenied."""
    password = secrets.token_urlsafe(12)
    with write():
        check_may_manage_all(by, _regions(staff, at))
        staff.set_password(password)
        staff.must_change_password = True
        staff.save(update_fields=["password", "must_change_password"])
        _record(staff_stream(staff.pk), "staff.password_reset", {"staff": staff.pk}, by, at)
    return password


def change_own_password(*, staff: Staff, password: str, by: Actor, at: datetime) -> None:
    """The owner chose a new password, already validated by the form."""
    staff.set_password(password)
    staff.must_change_password = False
    with write():
        staff.save(update_fields=["password", "must_change_password"])
        record_own_change(kind="staff.password_changed", by=by, at=at)


def reset_second_factor(*, staff: Staff, by: Actor, at: datetime) -> None:
    """Remove the second factor of who lost it; where the role needs one, the next sign-in sets it up anew.
    Raises PermissionDenied."""
    with write():
        check_may_manage_all(by, _regions(staff, at))
        Authenticator.objects.filter(user_id=staff.pk).delete()
        _record(staff_stream(staff.pk), "staff.second_factor_reset", {"staff": staff.pk}, by, at)


def issue_token(
    *,
    label: str,
    role: str,
    region: int,
    expires_at: datetime,
    staff: Staff | None = None,
    office: int = 0,
    by: Actor,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Issue a token for a person, or for a partner when ``staff`` is None.

    The second value is the token itself: shown once, never stored. Raises AccountFault (expiry,
    role_missing), NotARegion, PermissionDenied.
    """
    check_may_manage(by, region)
    if not at < expires_at <= at + LONGEST_TOKEN:
        raise _fault("expiry")
    if staff is not None and not Grant.objects.filter(grants_at(at), staff=staff, role=role).exists():
        raise _fault("role_missing")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with write():
        token = ApiToken.objects.create(
            label=label,
            digest=token_digest(secret),
            hint=secret[:8],
            staff=staff,
            role=role,
            region=region,
            office_id=office or (staff.office_id if staff else 0),
            created_at=at,
            expires_at=expires_at,
            issued_by=by.id,
        )
        payload = {
            "credential": token.pk,
            "role": str(role),
            "region": region,
            "staff": staff.pk if staff else 0,
        }
        _record(STREAM_SITE, "access.token_issued", payload, by, at)
    return token, secret


def revoke_token(*, token: ApiToken, by: Actor, at: datetime) -> None:
    """End a token at once; ending it twice changes nothing. Raises PermissionDenied."""
    check_may_manage(by, token.region)
    with write():
        ended = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)
        if ended:
            _record(STREAM_SITE, "access.token_revoked", {"credential": token.pk}, by, at)


def record_sign_in(*, staff: Staff, method: str, by: Actor, at: datetime) -> None:
    """Somebody signed in; ``method``: password, second_factor or federated."""
    with write():
        Staff.objects.filter(pk=staff.pk).update(last_login=at)
        _record(staff_stream(staff.pk), "staff.signed_in", {"staff": staff.pk, "method": method}, by, at)


def record_sign_out(*, by: Actor, at: datetime) -> None:
    """Somebody signed out."""
    with write():
        _record(staff_stream(by.id), "staff.signed_out", {"staff": by.id}, by, at)


def record_failed_sign_in(*, username: str, step: str, by: Actor, at: datetime) -> None:
    """A wrong password or code for an account that exists; unknown names stay in the lock-out's table.

    ``step``: password or second_factor.
    """
    found = Staff.objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        return
    with write():
        _record(staff_stream(found), "staff.sign_in_failed", {"staff": found, "step": step}, by, at)


def record_own_change(*, kind: str, by: Actor, at: datetime) -> None:
    """Somebody changed their own sign-in: ``staff.password_changed``, ``staff.second_factor_set``,
    ``staff.second_factor_removed``, ``staff.recovery_codes_made``."""
    with write():
        _record(staff_stream(by.id), kind, {"staff": by.id}, by, at)


def _regions(staff: Staff, at: datetime) -> set[int]:
    return set(Grant.objects.filter(grants_at(at), staff=staff).values_list("region", flat=True))
