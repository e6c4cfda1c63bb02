"""The Telegram bot's side of Energy Desk. `models.py` beside this folder is what the bot imports."""
