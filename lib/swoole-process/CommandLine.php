<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** Options, and the arguments after them. */
final class CommandLine
{
    /** What was given for each flag. @var array<string, list<string>> */
    public array $options = [];
    /** @var list<string> */
    public array $rest = [];
    /** Whether -- came before the rest. */
    public bool $isCommand = false;

    /**
     * @param list<string> $arguments
     * @param array<string, Option|false|null> $known the flags; false for one without a value
     * @param array<string, string> $short
     */
    public function __construct(array $arguments, array $known, array $short)
    {
        foreach ($known as $name => $option) {
            if ($option instanceof Option && $option->short !== null) {
                $short[$option->short] = $name;
            }
        }
        while (($argument = array_shift($arguments)) !== null) {
            if ($argument === '--') {
                if ($this->rest !== []) {
                    throw new Failure("only options may come before --, not '{$this->rest[0]}'", Status::USAGE);
                }
                [$this->rest, $this->isCommand] = [$arguments, true];
                return;
            }
            if (preg_match('/^--([^=]+)(?:=(.*))?$/s', $argument, $parts, PREG_UNMATCHED_AS_NULL) === 1) {
                [, $name, $value] = $parts;
            } elseif (preg_match('/^-([a-z])(.*)$/s', $argument, $parts) === 1) {
                $name = $short[$parts[1]] ?? $parts[1];
                $value = $parts[2] === '' ? null : ltrim($parts[2], '=');
            } else {
                $this->rest[] = $argument;
                continue;
            }
            if (!array_key_exists($name, $known)) {
                throw new Failure("unknown option '" . strstr("$argument=", '=', true) . "'" . Option::nearest($name, array_keys($known)), Status::USAGE);
            }
            if ($known[$name] === false) {
                $value === null || throw new Failure("option '--$name' takes no value", Status::USAGE);
                $this->options[$name] = [''];
                continue;
            }
            $value ??= array_shift($arguments) ?? throw new Failure("option '--$name' needs a value", Status::USAGE);
            $option = $known[$name];
            if ($option === null && $value === '') {
                throw new Failure("option '--$name' needs a value", Status::USAGE);
            }
            if (isset($this->options[$name]) && !($option instanceof Option && $option->isList)) {
                throw new Failure("option '--$name' may be given once", Status::USAGE);
            }
            $this->options[$name][] = $value;
        }
    }
}
