"""An engine without telephones: speaks the part of Asterisk's REST interface that the gateway uses, with invented people."""
