<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The status on a terminal, drawn again each second, until q, Ctrl-C or the end of the pool. */
final class LiveView
{
    private const ENTER = "\e[?1049h\e[?25l\e[?7l";
    private const LEAVE = "\e[?7h\e[?25h\e[?1049l";

    /** The settings of the terminal before the view. */
    private string $before = '';
    private bool $isShown = false;

    public function __construct(private readonly Client $client)
    {
    }

    public function run(): void
    {
        pcntl_async_signals(true);
        foreach ([SIGINT, SIGTERM, SIGHUP, SIGQUIT] as $signal) {
            pcntl_signal($signal, static fn () => exit(Status::FINE));
        }
        pcntl_signal(SIGTSTP, $this->suspend(...));
        // It ends the wait for the next second.
        pcntl_signal(SIGWINCH, static fn () => null);
        // However the program ends.
        register_shutdown_function($this->leave(...));
        try {
            $this->enter();
            do {
                $text = rtrim(StatusView::render($this->client->status(), Terminal::size(STDOUT)));
                // Each line covers the one before it. Nothing is erased before it is drawn: nothing flickers.
                $drawn = fwrite(STDOUT, "\e[H" . str_replace("\n", "\e[K\r\n", $text) . "\e[K\e[J");
            } while ($drawn !== false && $this->wait() !== 'q');
        } finally {
            $this->leave();
        }
    }

    /** Up to a second, until a key or a signal. */
    private function wait(): string
    {
        [$keys, $none] = [stream_isatty(STDIN) ? [STDIN] : [], null];
        if ($keys === []) {
            usleep(1_000_000);
            return '';
        }
        if (@stream_select($keys, $none, $none, 1) !== 1) {
            return '';
        }
        $key = fread(STDIN, 1);
        // The terminal is gone.
        return $key === '' || $key === false ? 'q' : strtolower($key);
    }

    private function enter(): void
    {
        $this->isShown = true;
        if (stream_isatty(STDIN)) {
            stream_set_read_buffer(STDIN, 0);
            $this->before = $this->before ?: trim(Terminal::stty(STDIN, '-g'));
            // Without settings to go back to, the terminal stays as it is.
            $this->before === '' || Terminal::stty(STDIN, '-icanon', '-echo');
        }
        fwrite(STDOUT, self::ENTER);
    }

    private function leave(): void
    {
        if ($this->isShown) {
            // stty inherits the mask: keys that are pressed meanwhile end neither it nor this.
            pcntl_sigprocmask(SIG_BLOCK, [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP], $mask);
            fwrite(STDOUT, self::LEAVE);
            $this->before === '' || Terminal::stty(STDIN, $this->before);
            $this->isShown = false;
            pcntl_sigprocmask(SIG_SETMASK, $mask);
        }
    }

    /** Ctrl-Z: the shell gets its terminal as it was. */
    private function suspend(): void
    {
        $this->leave();
        posix_kill((int) getmypid(), SIGSTOP);
        $this->enter();
    }
}
