import htmx from "htmx.org";

import { openDialogs } from "./dialogs";
import { configure } from "./fragments";
import { pressKeys } from "./keys";

configure(htmx, document);
openDialogs(document);
pressKeys(document, localStorage);
