"""E-mail through SMTP (Django's settings, from SMTP_URL)."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from nuanxin.notices.senders.sender import Outgoing, Refused, TryAgain


class EmailSender:
    """Plain text mail; the Message-ID is the same at every try, so that mail servers know a repetition."""

    def send(self, message: Outgoing) -> str:
        """Raises TryAgain while the server is down or busy, Refused when it will not take the recipient."""
        domain = settings.MAIL_FROM.rpartition("@")[2].rstrip(">") or "localhost"
        message_id = f"<{message.key}@{domain}>"
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.text,
            from_email=settings.MAIL_FROM,
            to=[message.to],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as fault:
            raise _refusal(fault) from fault
        except smtplib.SMTPResponseException as fault:
            if 500 <= fault.smtp_code < 600 and fault.smtp_code not in {535, 530}:
                raise Refused(f"smtp_{fault.smtp_code}") from fault
            raise TryAgain(f"smtp_{fault.smtp_code}", down=True) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise TryAgain("unreachable", down=True) from fault
        except ValueError as fault:  # a line break in a header: never a fault of the server
            raise Refused("bad_address") from fault
        return message_id[:80]


def _refusal(fault: smtplib.SMTPRecipientsRefused) -> TryAgain | Refused:
    code = next(iter(fault.recipients.values()))[0] if fault.recipients else 550
    return Refused(f"smtp_{code}") if code >= 500 else TryAgain(f"smtp_{code}")
