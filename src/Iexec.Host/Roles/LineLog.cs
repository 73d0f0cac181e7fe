using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Roles;

/// <summary>
/// Log lines of one role: time, level, category, words. Plain lines are enough here: a file, or the standard error that a service manager
/// collects; a full logging library would cost every start of the program more than these lines.
/// </summary>
internal sealed class LineLog : ILoggerProvider
{
    private const long RotateBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TextWriter _writer;
    private readonly bool _owned;
    private bool _closed;

    private LineLog(TextWriter writer, bool owned, TimeProvider time) => (_writer, _owned, _time) = (writer, owned, time);

    /// <summary>Appends to a file, which is put aside once it is long.</summary>
    public static LineLog ToFile(string file, TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (File.Exists(file) && new FileInfo(file).Length > RotateBytes)
        {
            File.Move(file, file + ".1", overwrite: true);
        }

        return new LineLog(new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true }, owned: true, time);
    }

    /// <summary>Writes to a stream that stays open.</summary>
    public static LineLog To(TextWriter writer, TimeProvider time) => new(writer, owned: false, time);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            if (_owned)
            {
                _writer.Dispose();
            }
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var now = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var line = $"{now} {level} {category} {Plain(message, keepLines: false)}{(exception is null ? "" : "\n" + Plain(exception.ToString(), keepLines: true))}";
        lock (_gate)
        {
            // Lines that arrive after the stop have nowhere to go.
            if (!_closed)
            {
                _writer.WriteLine(line);
            }
        }
    }

    // Words of strangers reach the log, and a terminal may show it: no line of theirs looks like ours, and none moves the cursor.
    private static string Plain(string text, bool keepLines) =>
        string.Create(text.Length, (text, keepLines), static (plain, source) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                var c = source.text[i];
                plain[i] = char.IsControl(c) && !(source.keepLines && c == '\n') ? ' ' : c;
            }
        });

    private sealed class Category(LineLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }
}
