namespace Iexec.Worker.Containers;

/// <summary>Removes what a killed worker left behind.</summary>
public static class OrphanSweep
{
    /// <summary>
    /// Removes every container with these labels whose task is not in <paramref name="keep"/>. Answers the task ids (or names) removed.
    /// </summary>
    public static async Task<IReadOnlyList<string>> SweepAsync(
        IContainerEngine engine, IReadOnlyDictionary<string, string> labels, IReadOnlySet<string> keep, CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        foreach (var container in await engine.ListAsync(labels, cancellationToken))
        {
            var task = container.Labels.GetValueOrDefault(ContainerLabels.Task, container.Name);
            if (!keep.Contains(task))
            {
                await engine.RemoveAsync(container.Id, cancellationToken);
                removed.Add(task);
            }
        }

        return removed;
    }
}
