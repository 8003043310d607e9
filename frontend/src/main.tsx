import { createRoot } from "react-dom/client";
import "./styles/theme.css";

createRoot(document.getElementById("root") as HTMLElement).render(<p>WARD OPS</p>);
