"""Templates call plain functions directly, and all others as Jinja does."""

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from web.plain_calls import PlainCalls
from web.words import words_for


@pass_context
def given(context, key):
    return context[key]


def rendered(context_class):
    env = Environment(autoescape=True)
    env.context_class = context_class
    text = (
        "{% macro twice(one) %}{{ plain(one) * 2 }}{% endmacro %}{% block main %}{{ given('top') }}"
        "{% for one in 'ab' %}{{ given('top') }}{{ twice(one) }}"
        "{{ one.upper() }}{{ words('search') }}{% endfor %}{% endblock %}"
    )
    named = {"top": "given", "plain": lambda text: f"<{text}>", "given": given, "words": words_for("en")}
    return env.from_string(text).render(named)


def test_what_templates_say_is_the_same():
    assert rendered(PlainCalls) == rendered(Context)
    assert "&lt;a&gt;" in rendered(PlainCalls)
