"""What the demos share: numbers with sliders, words and tables that follow, errors told."""

import contextlib
import html
import math

import ipywidgets as widgets
import traitlets
from ipyevents import Event

CSS = """<style>
.xor-demo { --jp-widgets-font-size: 15px; gap: 0 14px; align-items: flex-start; }
.xor-demo img { display: block; height: auto; max-width: 100%; }
.xor-demo.LuckOfTheStart img, .xor-demo.LearningRates img { cursor: pointer; }
.xor-demo p { font-size: 14px; line-height: 1.35; margin: 4px 0 0; }
.xor-demo p[role=status] { min-height: 5.4em; } /* four lines: what lies below does not jump */
.xor-demo .widget-label { text-align: right; }
.xor-demo .widget-toggle-buttons .widget-label { margin-right: 8px; }
.xor-demo p.error { background: #fff; border: 2px solid #b00020; color: #b00020; padding: 4px 8px; }
.xor-demo .numbers { display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: flex-start; }
.xor-demo table { border-collapse: collapse; font-size: 14px; line-height: 1.3; margin: 0;
  font-variant-numeric: tabular-nums; }
.xor-demo caption { font-weight: bold; padding: 2px 0; text-align: left; }
.xor-demo th, .xor-demo td { padding: 0 6px; text-align: right; white-space: nowrap; }
.xor-demo tbody th { font-weight: normal; text-align: left; }
.xor-demo thead tr > * { border-bottom: 1px solid #888; }
.xor-demo button { padding: 0 10px; width: auto; }
.xor-demo .widget-toggle-buttons { display: flex; flex-flow: row nowrap; height: auto; }
.xor-demo .widget-toggle-buttons button { padding: 0 7px; }
.xor-demo button.mod-active { font-weight: bold; text-decoration: underline; }
.xor-demo button:focus-visible, .xor-demo .noUi-handle:focus-visible {
  outline: 3px solid #0072B2; outline-offset: 1px; }
</style>"""


WORDS = 620  # pixels: room for the four rows' answers in one line
LABEL, BOX = "104px", "196px"  # widths: of a control's name, of a box with its name


class Number(widgets.HBox):
    """A labelled number box and a slider that follow each other; `value` is the box's.

    The box takes any number in the range, the slider shows the nearest of its steps.
    """

    value = traitlets.Any()

    def __init__(self, label, value, least, most, step):
        whole = isinstance(step, int)
        box, slider = (
            (widgets.BoundedIntText, widgets.IntSlider)
            if whole
            else (widgets.BoundedFloatText, widgets.FloatSlider)
        )
        limits = {"min": least, "max": most, "value": value}
        self.box = box(
            **limits,
            step=1 if whole else step,
            description=label,
            style={"description_width": LABEL},
            layout={"width": BOX, "flex": "0 0 auto"},
        )
        self.slider = slider(**limits, step=step, readout=False, layout={"flex": "1 1 100px"})
        super().__init__([self.box, self.slider])
        traitlets.link((self.box, "value"), (self, "value"))
        self.box.observe(self.move_slider, "value")
        self.slider.observe(self.move_box, "value")

    @traitlets.validate("value")
    def inside(self, proposal):
        """Return a number within the range; what is no finite number changes nothing."""
        value = proposal["value"]
        if not (isinstance(value, (int, float)) and math.isfinite(value)):
            return self.box.value
        return type(self.box.value)(min(max(value, self.box.min), self.box.max))

    def nearest(self, value):
        """Return the slider's step that is nearest to a value."""
        least, step = self.slider.min, self.slider.step
        stepped = least + round((value - least) / step) * step
        return min(self.slider.max, stepped if isinstance(step, int) else round(stepped, 9))

    def move_slider(self, change):
        """Move the slider to where the box is."""
        self.slider.value = self.nearest(change["new"])

    def move_box(self, change):
        """Take the slider's number, unless that is only the box's own, on the slider's steps."""
        if abs(self.nearest(self.box.value) - change["new"]) > self.slider.step / 4:
            self.box.value = self.nearest(change["new"])


class Demo(widgets.HBox):
    """A picture with words under it, and beside it controls and a place for numbers.

    A demo makes its picture and controls and hands them over; its method `draw` brings the
    picture up to date and returns three texts: what the picture shows, the words for its present
    state, and the numbers as HTML.
    """

    def __init__(self, picture, controls, rows):
        self.picture, self.controls, self.held, self.clicks = picture, controls, False, None
        self.image, self.words, self.numbers, self.error = (widgets.HTML() for _ in range(4))
        width = f"{max(picture.size[0], WORDS) + 4}px"  # a margin of 2 at each side
        seen = widgets.VBox(
            [self.image, self.error, self.words],
            layout={"width": width, "max_width": "100%", "flex": "0 1 auto"},
        )
        used = widgets.VBox([*rows, self.numbers], layout={"flex": "1 1 400px", "min_width": "0"})
        super().__init__([widgets.HTML(CSS, layout={"display": "none"}), seen, used])
        self.layout.flex_flow = "row wrap"
        self.add_class("xor-demo")
        self.add_class(type(self).__name__)
        for control in controls.values():
            self.when(control, self.refresh)
        self.refresh()

    def when(self, control, function, event="value"):
        """Call the function whenever a control changes; what goes wrong is shown in the demo."""

        def changed(_):
            with self.telling():
                function()

        if isinstance(control, widgets.Button):
            control.on_click(changed)
        else:
            control.observe(changed, event)

    def when_clicked(self, function):
        """Call the function with the place of each click on the picture, in its pixels."""

        def clicked(event):
            scale = self.picture.size[0] / event["boundingRectWidth"]  # on a phone it is smaller
            with self.telling():
                function(event["relativeX"] * scale, event["relativeY"] * scale)

        self.clicks = Event(source=self.image, watched_events=["click"])
        self.clicks.on_dom_event(clicked)

    def refresh(self):
        """Bring picture, words and numbers up to date."""
        if self.held:
            return
        with self.telling():
            alt, words, numbers = self.draw()
            self.image.value = self.picture.html(alt)
            self.words.value = f'<p role="status" aria-live="polite">{words}</p>'
            self.numbers.value = f'<div class="numbers">{numbers}</div>'
            self.error.value = ""

    @contextlib.contextmanager
    def telling(self):
        """Show an exception in the demo, which then goes on."""
        try:
            yield
        except Exception as error:
            text = html.escape(f"{type(error).__name__}: {error}")
            self.error.value = f'<p class="error" role="alert">Something went wrong. {text}</p>'

    @contextlib.contextmanager
    def together(self):
        """Change several controls, then draw once."""
        self.held = True
        try:
            yield
        finally:
            self.held = False
        self.refresh()

    def close(self):
        """Remove the demo from the page and free all it held."""
        if self.picture is None:  # already closed
            return
        if self.clicks:
            self.clicks.reset_callbacks()
            self.clicks.close()
        for widget in family(self):
            if widget is not self:
                widget.unobserve_all()
                widget.close()
        super().close()
        for name in [name for name in vars(self) if not name.startswith("_")]:
            setattr(self, name, None)


def family(widget):
    """Yield a widget and all that belong to it: children, layouts and styles."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from family(child)
    for part in (getattr(widget, "layout", None), getattr(widget, "style", None)):
        if isinstance(part, widgets.Widget):
            yield part


def seed_box():
    """Return a labelled box for the seed of a start."""
    return widgets.BoundedIntText(
        42,
        min=0,
        max=9999,
        description="start (seed)",
        style={"description_width": LABEL},
        layout={"width": BOX},
    )


def choice(label, options, value):
    """Return a labelled row of buttons, one chosen: a dict from what is read to what it means.

    Buttons, since JupyterLab takes the arrow keys away from a list of choices, and then its
    letters are commands to the notebook. Tab goes from button to button, Space chooses.
    """
    return widgets.ToggleButtons(
        options=options,
        value=value,
        description=label,
        style={"description_width": LABEL, "button_width": "auto"},
    )


def buttons(*names):
    """Return buttons with these names."""
    return [widgets.Button(description=name) for name in names]


def side_by_side(controls):
    """Return controls in a row, which breaks where the page is narrow."""
    return widgets.HBox(list(controls), layout={"flex_flow": "row wrap"})
