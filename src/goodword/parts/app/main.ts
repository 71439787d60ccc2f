import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/newsreader/opsz-italic.css";
import "../css/index.css";
