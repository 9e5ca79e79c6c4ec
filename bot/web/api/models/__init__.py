"""What is brought and answered, field by field; what each is stands in ``bot.texts.api`` by the field's name."""
