"""Remembers the words around a wish that change nothing: "poproszę", "może być", "будь ласка", "can I come"."""

from bot.dialogue.reading.letters import words


def _set(text: str) -> frozenset[str]:
    return frozenset(words(text)) - {"|"}


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words(phrase) for phrase in text.split(","))


FILLERS = _set(
    "proszę poproszę prosiłbym prosiłabym chcę chciałbym chciałabym mogę możemy muszę musimy wolę wolałbym wolałabym potrzebuję potrzebny potrzebna potrzebne zależy pilnie mógłbym mogłabym można może byc być "
    "będzie byłoby bym by mi mnie ja się to w we na i jest jakiś jakaś coś tylko więc wiec przyjść dobrze pasuje pasowałoby "
    "pani panu panie pan państwo a tak ok najchętniej chętnie bardzo najlepiej czyli ewentualnie jeszcze już czy serdecznie niestety przepraszam sorry | "
    "будь ласка прошу хочу хотів хотіла хотілося б би мені мене я треба мушу можна можу можемо може буде це в у на та і а так прийти якийсь ще вже чи вас вам краще "
    "перепрошую вибачте жаль пожалуйста нужно надо есть є хотел хотела хотелось меня мне можно hochu khochu budlaska proshu | "
    "please can could may need have would like i id me my we it is be the for on of a and to come want maybe any available possible suits"
)
FILLER_PHRASES = _phrases(
    "cały dzień,obojętnie,obojętnie o której,o dowolnej porze,dowolna godzina,o każdej porze,wszystko jedno,"
    "można by,dało by się,na pewno,napewno,da się,dałoby się,da by się,czy da się,da radę,dam radę,dałbym radę,dałabym radę,a co z,будь коли,як щодо,увесь день,весь день,any time,all day,whole day,whatever time,what about,how about"
)
