"""What the wall and the board show, as plain data: made from views, pure; ``bot.web.board`` lays it out."""
