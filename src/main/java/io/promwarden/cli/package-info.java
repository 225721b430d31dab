/**
 * The command line: commands and their help, progress, signals, and exit codes. Standard output carries a command's result
 * and nothing else.
 */
@NullMarked
package io.promwarden.cli;

import org.jspecify.annotations.NullMarked;
