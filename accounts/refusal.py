"""An action refuses with a sentence fit for the screen; views never invent reasons."""


class Refused(Exception):
    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
