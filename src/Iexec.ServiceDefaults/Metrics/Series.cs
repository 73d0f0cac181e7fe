using System.Globalization;
using System.Text;

namespace Iexec.ServiceDefaults.Metrics;

/// <summary>One metric with one set of labels.</summary>
internal abstract class Series
{
    public abstract void Record(double value);

    public abstract void Write(StringBuilder text, string name, string labels);

    protected static void WriteLine(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}

/// <summary>A counter: what was added.</summary>
internal sealed class SumSeries : Series
{
    private double _sum;

    public override void Record(double value)
    {
        lock (this)
        {
            _sum += value;
        }
    }

    public override void Write(StringBuilder text, string name, string labels) => WriteLine(text, name, labels, Volatile.Read(ref _sum));
}

/// <summary>A gauge: what was seen last.</summary>
internal sealed class LastSeries : Series
{
    private double _last;

    public override void Record(double value) => Volatile.Write(ref _last, value);

    public override void Write(StringBuilder text, string name, string labels) => WriteLine(text, name, labels, Volatile.Read(ref _last));
}

/// <summary>A histogram: how many values were at most each bound.</summary>
internal sealed class HistogramSeries : Series
{
    // Seconds: from one millisecond to a minute.
    private static readonly double[] Bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        var bucket = Array.FindIndex(Bounds, bound => value <= bound);
        lock (_gate)
        {
            _counts[bucket < 0 ? Bounds.Length : bucket]++;
            _sum += value;
        }
    }

    public override void Write(StringBuilder text, string name, string labels)
    {
        long[] counts;
        double sum;
        lock (_gate)
        {
            (counts, sum) = ((long[])_counts.Clone(), _sum);
        }

        var comma = labels.Length == 0 ? "" : ",";
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < Bounds.Length ? Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            WriteLine(text, name + "_bucket", $"{labels}{comma}le=\"{bound}\"", total);
        }

        WriteLine(text, name + "_sum", labels, sum);
        WriteLine(text, name + "_count", labels, total);
    }
}
