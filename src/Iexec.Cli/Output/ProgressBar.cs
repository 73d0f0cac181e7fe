using System.Globalization;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Output;

/// <summary>How far a transfer or an encryption is: one line on standard error, drawn over itself. Nothing where nobody looks.</summary>
internal sealed class ProgressBar : IProgress<long>, IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CommandContext _context;
    private readonly string _what;
    private readonly long _total;
    private readonly long _start;
    private readonly bool _isShown;
    private long _lastDrawn;
    private int _width;

    public ProgressBar(CommandContext context, string what, long totalBytes)
    {
        _context = context;
        _what = Printable.Of(what);
        _total = totalBytes;
        _isShown = !context.Raw && !context.Quiet && context.Environment.IsErrorTerminal;
        _start = _lastDrawn = context.Time.GetTimestamp();
    }

    /// <summary>So many bytes are done.</summary>
    public void Report(long value)
    {
        if (_isShown && (_context.Time.GetElapsedTime(_lastDrawn) >= Pause || value >= _total))
        {
            _lastDrawn = _context.Time.GetTimestamp();
            Draw(value);
        }
    }

    private void Draw(long done)
    {
        var share = _total <= 0 ? 1 : Math.Min(1, (double)done / _total);
        var full = (int)(share * Cells);
        var seconds = _context.Time.GetElapsedTime(_start).TotalSeconds;
        var speed = seconds > 0 ? done / seconds / 1e6 : 0;
        var rest = string.Create(
            CultureInfo.InvariantCulture, $" {new string('█', full)}{new string('░', Cells - full)} {share:P0} {Size(done)} of {Size(_total)}, {speed:N0} MB/s");

        // A line that is too long would be two, of which only the second could be drawn over.
        var room = Math.Max(1, _context.Environment.ErrorColumns() - rest.Length - 1);
        var line = (_what.Length > room ? _what[..(room - 1)] + "…" : _what) + rest;
        _context.Environment.Error.Write("\r" + line.PadRight(_width));
        _width = Math.Max(_width, line.Length);
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:N1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N2} GB"),
    };

    /// <summary>Leaves the line to what follows.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            _context.Environment.Error.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}
