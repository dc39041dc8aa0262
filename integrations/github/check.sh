#!/usr/bin/env bash
# Runs the check of the action: annotations on standard output, a summary on the page of the run, SARIF in a file. What the inputs
# say comes in variables and is never part of a command's text. The exit code is that of the check.
set -euo pipefail

arguments=(check --format github)
if [ -n "${FLOWMAP_BASELINE:-}" ]; then arguments+=(--baseline "$FLOWMAP_BASELINE"); fi
if [ -n "${FLOWMAP_SARIF:-}" ]; then arguments+=(--output "sarif=$FLOWMAP_SARIF"); fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then arguments+=(--output "markdown=${RUNNER_TEMP:-/tmp}/flowmap-summary.md"); fi
read -r -a further <<< "${FLOWMAP_ARGUMENTS:-}"
arguments+=(${further[@]+"${further[@]}"})  # an empty list is no error in old shells, either
while IFS= read -r path; do
    if [ -n "$path" ]; then arguments+=("$path"); fi
done <<< "${FLOWMAP_PATHS:-.}"

code=0
flowmap "${arguments[@]}" || code=$?
if [ -n "${FLOWMAP_SARIF:-}" ] && [ -f "$FLOWMAP_SARIF" ] && [ -n "${GITHUB_OUTPUT:-}" ]; then
    echo "sarif-file=$FLOWMAP_SARIF" >> "$GITHUB_OUTPUT"
fi
if [ -n "${FLOWMAP_DIFF:-}" ]; then
    comment="${RUNNER_TEMP:-/tmp}/flowmap-diff.md"
    rm -f "$comment"
    flowmap diff "$FLOWMAP_DIFF" --output "markdown=$comment" || code=$?
    if [ -s "$comment" ] && [ -n "${GITHUB_OUTPUT:-}" ]; then echo "comment-file=$comment" >> "$GITHUB_OUTPUT"; fi
fi
exit "$code"
