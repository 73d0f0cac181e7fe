using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Iexec.ServiceDefaults.Metrics;

/// <summary>
/// Collects the program's own meters (names that start with <c>Iexec.</c>) and those of ASP.NET, and writes them in the Prometheus text format
/// 0.0.4. The number of label sets per metric is bounded.
/// </summary>
public sealed class PrometheusExporter : IDisposable
{
    private const int MostSeriesPerMetric = 500;
    private readonly ConcurrentDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <summary>Starts listening.</summary>
    public PrometheusExporter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(NameOf(instrument), _ => new Metric(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record(state, (double)value, tags));
        _listener.Start();
    }

    /// <summary>The text of all metrics now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, metric) in _metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(metric.Type).Append('\n');
            foreach (var (labels, series) in metric.Series)
            {
                series.Write(text, name, labels);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static bool IsOurs(string meter) =>
        meter.StartsWith("Iexec.", StringComparison.Ordinal) || meter is "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Server.Kestrel";

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((Metric)state!).Record(value, tags);

    private static string NameOf(Instrument instrument)
    {
        var name = new StringBuilder();
        foreach (var c in instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        if (instrument.Unit is "s" && !instrument.Name.EndsWith("seconds", StringComparison.Ordinal))
        {
            name.Append("_seconds");
        }

        return instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) ? name.Append("_total").ToString() : name.ToString();
    }

    private sealed class Metric
    {
        private readonly Func<Series> _create;

        public Metric(Instrument instrument)
        {
            Description = instrument.Description ?? instrument.Name;
            var kind = instrument.GetType().Name;
            (Type, _create) = kind switch
            {
                _ when kind.StartsWith("Histogram", StringComparison.Ordinal) => ("histogram", () => new HistogramSeries()),
                _ when kind.StartsWith("Counter", StringComparison.Ordinal) => ("counter", () => new SumSeries()),
                _ when kind.StartsWith("UpDownCounter", StringComparison.Ordinal) => ("gauge", () => new SumSeries()),
                _ => ("gauge", (Func<Series>)(() => new LastSeries())),
            };
        }

        public string Description { get; }

        public string Type { get; }

        public ConcurrentDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = LabelsOf(tags);
            if (Series.TryGetValue(labels, out var series) || Series.Count < MostSeriesPerMetric)
            {
                (series ?? Series.GetOrAdd(labels, _ => _create())).Record(value);
            }
        }

        private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.IsEmpty)
            {
                return "";
            }

            var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var tag in tags)
            {
                labels[tag.Key.Replace('.', '_')] = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
            }

            return string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(label.Value)}\""));
        }

        private static string Escape(string value) =>
            value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
