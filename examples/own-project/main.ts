// The shop's infrastructure: the platform of one environment, and what the shop adds of its own.
import { runApp } from "django-on-aws-cdktf";
import { extend } from "./extend";

process.exitCode = runApp({ process, extend });
