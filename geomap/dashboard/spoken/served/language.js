// Tells the browser which language the page is in and which way it runs, so that screen readers speak it and the layout turns.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
}
