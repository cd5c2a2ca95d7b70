import htmx from "htmx.org"; htmx.config.selfRequestsOnly=true;
