<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The title of a process, by which programs tell what they do: setproctitle(3), cli_set_process_title(). */
final class Title
{
    /** The title that a worker has given itself; empty when it has not. @param array<string, mixed> $worker */
    public static function of(array $worker, Config $config): string
    {
        $title = $worker['pid'] === null ? '' : self::read((string) $worker['pid']);
        // What it has from the start: that of the command, of a script, or of the master or the template before either.
        $given = [implode(' ', $config->command), "$config->name-$worker[id]", "$config->name: template", self::read('self')];
        return in_array($title, $given, true) ? '' : substr($title, 0, 200);
    }

    private static function read(string $process): string
    {
        // Without the rest of the old title, which is overwritten by zeros.
        return trim(strtr((string) @file_get_contents("/proc/$process/cmdline", length: 4096), "\0", ' '));
    }
}
