using System.Globalization;
using System.Text;
using Iexec.Poco.Tasks;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>What a run did: how often each operation succeeded and was refused, and how often each transition was taken.</summary>
public sealed class Coverage
{
    private readonly SortedDictionary<string, (int Succeeded, int Refused)> _operations = [];
    private readonly SortedDictionary<string, int> _transitions = [];
    private readonly SortedDictionary<string, int> _refusals = [];

    public int Views { get; set; }

    public int Total => _operations.Values.Sum(count => count.Succeeded + count.Refused);

    public int Succeeded => _operations.Values.Sum(count => count.Succeeded);

    public IReadOnlyDictionary<string, (int Succeeded, int Refused)> Operations => _operations;

    public IReadOnlyDictionary<string, int> Taken => _transitions;

    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public void Count(string operation, bool succeeded)
    {
        var (good, bad) = _operations.GetValueOrDefault(operation);
        _operations[operation] = succeeded ? (good + 1, bad) : (good, bad + 1);
    }

    /// <summary>Counts why something was refused.</summary>
    public void Refused(string reason) => _refusals[reason] = _refusals.GetValueOrDefault(reason) + 1;

    /// <summary>Counts what tasks and contributions became between two states.</summary>
    public void Transitions(WorldState before, WorldState after)
    {
        foreach (var (id, task) in after.Hub.Tasks)
        {
            if (before.Hub.Tasks.TryGetValue(id, out var old) && ReferenceEquals(old, task))
            {
                continue;
            }

            Take($"task {old?.Status ?? ChainTaskStatus.Unset} -> {task.Status}", old?.Status != task.Status);
            foreach (var (worker, contribution) in task.Contributions)
            {
                var was = old?.ContributionOf(worker).Status ?? ContributionStatus.Unset;
                Take($"contribution {was} -> {contribution.Status}", was != contribution.Status);
            }
        }

        Take("boost deal made", after.Hub.BoostDeals.Count - before.Hub.BoostDeals.Count);
        foreach (var status in after.Hub.BoostTasks.Where(entry => !before.Hub.BoostTasks.ContainsKey(entry.Key)).Select(entry => entry.Value))
        {
            Take($"boost task Unset -> {status}", taken: true);
        }

        Take("deal made", after.Hub.Deals.Count - before.Hub.Deals.Count);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Total} transactions, {Succeeded * 100 / Math.Max(1, Total)} % succeeded, {Views} views compared");
        foreach (var (name, (good, bad)) in _operations)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-28} {good,6} ok {bad,6} refused");
        }

        foreach (var (name, count) in _transitions.Concat(_refusals.Select(entry => KeyValuePair.Create($"refused: {entry.Key}", entry.Value))))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-40} {count,6}");
        }

        return text.ToString();
    }

    private void Take(string transition, bool taken) => Take(transition, taken ? 1 : 0);

    private void Take(string transition, int count)
    {
        if (count > 0)
        {
            _transitions[transition] = _transitions.GetValueOrDefault(transition) + count;
        }
    }
}
