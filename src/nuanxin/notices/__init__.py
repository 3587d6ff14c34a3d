"""SMS, e-mail and in-app notices: templates, outbox, gateway, freeze switch."""
