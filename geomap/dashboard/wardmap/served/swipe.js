// Two maps, one over the other; a slider says where the upper one begins.
import start from './start.js';

export default async function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = (name) => parentElement.querySelector('.gm-' + name);
  const slide = parentElement.querySelector('.gm-slide input');
  const cut = () => {
    part('over').style.clipPath = `inset(0 0 0 ${slide.value}%)`;
    slide.setAttribute('aria-valuetext', `${data.under.title} ${slide.value} %, ${data.over.title} ${100 - slide.value} %`);
  };
  part('left').textContent = data.names[0];
  part('right').textContent = data.names[1];
  slide.setAttribute('aria-label', data.slide);
  slide.oninput = cut;
  cut();
  await Promise.all(['under', 'over'].map((name) => start({ data: data[name], parentElement: part(name), setStateValue, setTriggerValue })));
}
