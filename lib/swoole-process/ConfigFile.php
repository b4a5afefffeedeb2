<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** A configuration file: INI, with the names of the flags as keys, `command` or `script`, and a section [env]. */
final class ConfigFile
{
    /** @var array<string, list<string>> */
    public array $options = [];
    /** @var list<string> */
    public array $run = [];
    public bool $isCommand = false;

    public function __construct(string $path)
    {
        $text = is_dir($path) ? '' : @file_get_contents($path);
        if ($text === false || is_dir($path)) {
            throw new Failure("the configuration file '$path' cannot be read" . (is_dir($path) ? ': it is a folder' : Failure::reason()));
        }
        $problem = '';
        set_error_handler(static function (int $level, string $message) use (&$problem): bool {
            $problem = $message;
            return true;
        });
        $settings = parse_ini_string($text, true, INI_SCANNER_RAW);
        restore_error_handler();
        if ($settings === false) {
            throw new Failure("$path: " . trim((string) preg_replace('/ in Unknown on line (\d+)/', ' in line $1', $problem)));
        }
        self::checkLines($path, $text);
        $known = Option::all();
        foreach ($settings as $key => $value) {
            if ($key === 'env' && is_array($value) && !array_is_list($value)) {
                foreach ($value as $name => $text) {
                    if (isset($known[$name])) {
                        throw new Failure("$path: $name stands in the section [env], but is an option: put it before the section");
                    }
                    $this->options['env'][] = "$name=$text";
                }
                continue;
            }
            if (is_array($value) && !array_is_list($value)) {
                throw new Failure("$path: unknown section [$key]: there is [env] only, and the other keys stand before it");
            }
            $values = array_map('strval', (array) $value);
            if ($key === 'command' || $key === 'script') {
                $this->setRun($path, $key, $values);
                continue;
            }
            $option = $known[$key] ?? throw new Failure("$path: unknown key $key" . Option::nearest((string) $key, [...array_keys($known), 'command', 'script']));
            if (count($values) > 1 && !$option->isList) {
                throw new Failure("$path: $key may be given once");
            }
            $this->options[$option->name] = $values;
        }
        // Relative paths in the file are meant from where it lies.
        $folder = dirname((string) realpath($path));
        foreach (['cwd', 'output-folder', 'log', 'socket', 'pid-file', 'template'] as $name) {
            if (isset($this->options[$name]) && $this->options[$name][0] !== '' && $this->options[$name][0][0] !== '/') {
                $this->options[$name][0] = "$folder/{$this->options[$name][0]}";
            }
        }
        if (!$this->isCommand && $this->run !== [] && $this->run[0][0] !== '/') {
            $this->run[0] = "$folder/{$this->run[0]}";
        }
    }

    /** PHP ignores lines that are no setting, and takes the last one of two. */
    private static function checkLines(string $path, string $text): void
    {
        [$section, $seen] = ['', []];
        foreach (explode("\n", $text) as $number => $line) {
            $where = "$path: line " . ($number + 1);
            if (preg_match('/^\s*(;|$)/', $line) === 1) {
                continue;
            }
            if (preg_match('/^\s*\[(.*)\]/', $line, $parts) === 1) {
                $section = $parts[1];
            } elseif (preg_match('/^\s*([^=]*[^=\s\[\]])\s*(\[.*\])?\s*=/', $line, $parts) !== 1 || $parts[1][0] === '#') {
                throw new Failure("$where is not KEY = VALUE; a comment begins with ;");
            } elseif (!isset($parts[2]) && isset($seen["$section $parts[1]"])) {
                throw new Failure("$where: $parts[1] occurs twice" . ((Option::all()[$parts[1]] ?? null)?->isList ? ": write $parts[1][] for each" : ''));
            } else {
                $seen["$section $parts[1]"] = true;
            }
        }
    }

    /** @param list<string> $values */
    private function setRun(string $path, string $key, array $values): void
    {
        if ($this->run !== []) {
            throw new Failure("$path: give either command or script, not both");
        }
        $this->isCommand = $key === 'command';
        $this->run = $this->isCommand && count($values) === 1 ? self::words($path, $values[0]) : $values;
        if (($this->run[0] ?? '') === '') {
            throw new Failure("$path: $key is empty");
        }
    }

    /** The words of a command: quotes keep spaces together. No shell is involved. @return list<string> */
    private static function words(string $path, string $text): array
    {
        $pattern = '/\G\s*((?:[^\s"\']+|"[^"]*"|\'[^\']*\')+)\s*/';
        $words = [];
        for ($at = 0; $at < strlen($text); $at += strlen($found[0])) {
            if (preg_match($pattern, $text, $found, 0, $at) !== 1) {
                throw new Failure("$path: command has a quote that does not end; if there is a ; in it, put double quotes around all of the value");
            }
            if (preg_match('/^(\|\|?|&&?|\d?>.*|<.*|\$\w.*|`.*)$/', $found[1]) === 1) {
                throw new Failure("$path: command has '$found[1]', which only a shell understands: write command = sh -c '...', or quote it");
            }
            $words[] = (string) preg_replace('/"([^"]*)"|\'([^\']*)\'/', '$1$2', $found[1]);
        }
        return $words;
    }
}
