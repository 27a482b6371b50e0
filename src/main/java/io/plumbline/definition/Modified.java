package io.plumbline.definition;

import java.util.Optional;

/**
 * The definitions of a project that are not what the last run of each of them has computed.
 *
 * @param definitions those that are new or read otherwise than then
 * @param since id of the newest run that they are compared with; empty before the first one, when everything is new
 */
public record Modified(Selected definitions, Optional<String> since) {}
