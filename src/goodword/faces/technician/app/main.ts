import "../css/turned.css";

import SignaturePad from "signature_pad";
import { signHere } from "./sign";

for (const place of document.querySelectorAll<HTMLElement>("[data-sign]")) signHere(place, (canvas) => new SignaturePad(canvas));
