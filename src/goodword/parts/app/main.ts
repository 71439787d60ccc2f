import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/newsreader/opsz-italic.css";
import "../css/index.css";

import { companyTime } from "./company_time";
import { guardForms } from "./guard";
import { keepFresh } from "./relative";
import { restFirst } from "./rest";
import { switchTheme } from "./theme";
import { means, uploadForms } from "./upload";

// Every page works without these; they only make it kinder.
switchTheme(document);
uploadForms(document, means(window));
guardForms(document, sessionStorage);
restFirst(document);
const now = companyTime(document.documentElement);
if (now) keepFresh(document, now);
