"""Colours and spacing of the whole dashboard."""

import streamlit as st

from geomap.dashboard.bars import RULES

SHEET = """
[data-testid=stMainBlockContainer]{padding-top:3.4rem;padding-bottom:2rem;max-width:1500px}
[data-testid=stCaptionContainer],[data-testid=stCaptionContainer] p{color:#4b585d!important;opacity:1!important}
.gp h3{margin:.1rem 0;font-size:1.25rem;overflow-wrap:anywhere}.gp .sub{color:#4b585d;margin:0 0 .6rem;font-size:.9rem;overflow-wrap:anywhere}
.gp h4{margin:1rem 0 .2rem;font-size:1rem}
.gp table{width:100%;border-collapse:collapse;font-size:.9rem}.gp th{text-align:left;font-weight:500;padding:.28rem .4rem .28rem 0;vertical-align:top}
.gp td{padding:.28rem 0 .28rem .4rem;text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}.gp tr{border-top:1px solid #ebe6da}
.gp td:last-child{min-width:4.8rem}
.gp tr:has(+.more) :is(th,td){padding-bottom:0}.gp .more{border-top:0}.gp .more td{padding:0 0 .28rem;text-align:start!important}
.gp .since th{min-width:3.4rem}.gp .since td{width:100%;text-align:start}.gp .since td:last-child{width:auto;min-width:2.4rem;text-align:end}
.gp caption{text-align:start;color:#4b585d;font-size:.8rem}
.gp td small,.gp th small{display:block;color:#4b585d;font-size:.8rem}
.gp .scale{position:relative;display:block;height:10px;margin:4px 0;background:#ebe6da;border-radius:5px;min-width:110px}
.gp .scale i{position:absolute;top:0;bottom:0;background:#0b5c6b66;border-radius:5px}.gp .scale b{position:absolute;top:-3px;width:4px;height:16px;margin-left:-2px;background:#12262d;border-radius:2px}
.gp .pull{position:relative;display:inline-block;width:90px;height:12px;background:linear-gradient(#b8b2a5,#b8b2a5) 50%/1px 100% no-repeat}
.gp .pull i{position:absolute;top:1px;bottom:1px;border-radius:2px}.gp .pull i.up{left:50%}.gp .pull i.down{right:50%}
.gp .worst{margin:.8rem 0 .4rem;font-size:.9rem;font-weight:600}
.gp .banner{margin:.3rem 0;padding:.4rem .6rem;font-size:.88rem;background:#f6ecd2;border-left:4px solid #9f6b1d}
.gp .share{display:block;height:8px;margin:6px 0;background:#ebe6da;border-radius:4px;min-width:70px}.gp .share i{display:block;height:8px;background:#0b5c6b;border-radius:4px}
.gp p{font-size:.9rem}
.gp .words{position:relative;color:#4b585d;font-size:.85rem;margin:.2rem 0 .5rem}.gp .term{border-bottom:1px dotted #4b585d;cursor:help;color:#12262d}
.gp .term:focus-visible{outline:2px solid #0b5c6b;border-radius:2px}
.gp .told{display:none;position:absolute;left:0;top:100%;z-index:20;box-sizing:border-box;width:min(100%,30rem);padding:.5rem .7rem;background:#12262d;color:#fff;border-radius:6px;font-size:.85rem}
.gp .term:hover .told,.gp .term:focus .told{display:block}
html[dir=rtl] .gp .told{left:auto;right:0}
html[dir=rtl] [data-testid=stSidebar][aria-expanded=false]{visibility:hidden}html[dir=rtl] [data-testid=stSidebarResizeHandle],html[dir=rtl] [data-testid=stHeaderActionElements]{display:none}html[dir=rtl] :is([data-testid=stExpandSidebarButton],[data-testid=stSidebarCollapseButton]) span{transform:scaleX(-1)}
html[dir=rtl] [data-testid=stCheckbox] label:has([role=switch])>div:first-of-type{direction:ltr;transform:scaleX(-1)}html[dir=rtl] [data-testid=stCheckbox] [data-testid=stWidgetLabel]{gap:.5rem}
html[dir=rtl] [data-testid=stMarkdownContainer] :is(ul,ol){margin:0;padding:0 1.3rem 0 0}
[data-testid=stButtonGroup] button{min-height:2.5rem}[data-testid=stButtonGroup] button:not([aria-checked=true]){border-color:#d9d3c6!important}html[dir=rtl] [data-testid=stButtonGroup] button{margin:0 0 0 -1px;border-radius:0}
html[dir=rtl] [data-testid=stButtonGroup] button:first-child{border-radius:0 .5rem .5rem 0}html[dir=rtl] [data-testid=stButtonGroup] button:last-child{margin:0;border-radius:.5rem 0 0 .5rem}
img.sketch{display:block;max-width:100%;max-height:420px;height:auto;border:1px solid #d9d3c6;border-radius:8px;background:#fff}
.gp .bad{background:#9f4d45}.gp .good{background:#3d8588}
.gp ul{padding-left:1.1rem;font-size:.88rem;color:#3f4b50}
.st-key-languages{position:fixed;top:.55rem;right:3.2rem;width:auto;z-index:999991}
[data-testid=stTopNav]{max-width:calc(100% - 12rem)!important;margin-inline-end:auto!important}
html[dir=rtl] .st-key-languages{right:auto;left:3.2rem}
[data-testid=stMultiSelectTagsContainer] :is(button,input){min-width:24px;min-height:24px}
[data-testid=stButtonGroup] [role=radiogroup]{flex-wrap:wrap;row-gap:.3rem;overflow:visible}
.st-key-spoken{position:absolute;width:0;height:0;overflow:hidden}
html[dir=rtl] .gp th{text-align:right;padding:.28rem 0 .28rem .4rem}html[dir=rtl] .gp td{text-align:left;padding:.28rem .4rem .28rem 0}
html[dir=rtl] .gp td:last-child:not(:only-child) small{text-align:left}html[dir=rtl] .gp ul{padding-left:0;padding-right:1.1rem}html[dir=rtl] .gp .banner{border-left:0;border-right:4px solid #9f6b1d}
.gp .scale,.gp .pull,.gp .share{direction:ltr}
html[dir=rtl] :is(p,li,small,label,h1,h2,h3,h4,.gp b,.gp th,.gm-legend span,.gm-tip *,.gm-error){unicode-bidi:plaintext;text-align:right}
html[dir=rtl] :is([data-testid=stDataFrame],[data-testid=stCode]){direction:ltr}html[dir=rtl] [data-testid=stCode] pre{text-align:left}
@media (max-width:640px){.st-key-languages,html[dir=rtl] .st-key-languages{position:absolute;top:.55rem;right:.8rem;left:auto;z-index:999990}html[dir=rtl] .st-key-languages{right:auto;left:.8rem}:is(.st-key-beside,[data-testid=stLayoutWrapper]:has(>.st-key-beside)){height:auto!important;flex-basis:auto!important}[data-testid=stHorizontalBlock]{row-gap:.7rem!important}[data-testid=stButtonGroup] [role=radiogroup]{gap:.3rem}[data-testid=stButtonGroup] button,html[dir=rtl] [data-testid=stButtonGroup] button{margin:0!important;border-radius:.5rem!important}.gp .scale{min-width:48px}.gp .pull{width:60px}.gp .share{min-width:40px}.gp td:last-child{min-width:3.6rem}.gp th,.gp td{overflow-wrap:anywhere}[data-testid=stMainBlockContainer]{padding:4.4rem .8rem 2rem}}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation-duration:.01ms!important;animation-iteration-count:1!important;transition-duration:.01ms!important;scroll-behavior:auto!important}}
@media print{header,[data-testid=stToolbar],.st-key-languages,[data-testid=stElementToolbar],.gp .words{display:none!important}[data-testid=stMainBlockContainer]{padding-top:0}.gp,.gm{break-inside:avoid}}
"""
STYLE = SHEET + RULES


def dress() -> None:
    """Puts the style on the page."""
    st.html(f"<style>{STYLE}</style>")
