import "../css/index.css";
