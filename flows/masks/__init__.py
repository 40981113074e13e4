"""What masks leave: can what was hidden be worked out from the rest?"""
