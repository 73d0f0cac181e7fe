using System.Text.Json;

namespace Iexec.Worker.Containers.Engine;

public sealed partial class DockerEngine
{
    private const string AppsNetwork = "iexec-apps";

    /// <inheritdoc/>
    public Task<RunOutcome> RunAsync(ContainerSpec spec, CancellationToken cancellationToken) =>
        new ContainerRun(this, spec, _time).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerListing>> ListAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, List<string>> { ["label"] = [.. labels.Select(label => $"{label.Key}={label.Value}")] };
        var query = Uri.EscapeDataString(JsonSerializer.Serialize(filters, EngineJson.Default.DictionaryStringListString));
        var listed = await _connection.GetAsync($"containers/json?all=1&filters={query}", EngineJson.Default.ListListedBody, cancellationToken);
        return [.. listed.Select(container => new ContainerListing(
            container.Id,
            container.Names is [var name, ..] ? name.TrimStart('/') : "",
            container.State == "running",
            container.Labels ?? []))];
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string containerId, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.DeleteAsync($"containers/{containerId}?force=1&v=1", cancellationToken);
        }
        catch (EngineException e) when (e.Fault is EngineFault.NotFound)
        {
        }
        catch (EngineException e) when (e.Fault is EngineFault.Conflict && e.Message.Contains("already in progress", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Creates the container of a run. One of ours that has its name already is removed; one of somebody else's is left alone.</summary>
    internal async Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var description = _description ?? await DescribeAsync(cancellationToken);
        var image = await InspectImageAsync(spec.Image.ToString(), cancellationToken);
        var user = spec.User == ContainerUser.OfTheImage && image.WantsRoot ? (0u, 0u) : HostUser.ForContainer(description.IsRootless);
        HostUser.GiveFolder(spec.OutputFolder, user);
        var network = spec.AllowNetwork ? await EnsureNetworkAsync(cancellationToken) : "none";
        var body = ContainerRequest.Build(spec, image, user, description.PreferredRuntime, network);
        try
        {
            return await PostCreateAsync(spec.Name, body, cancellationToken);
        }
        catch (EngineException e) when (e.Fault == EngineFault.Conflict)
        {
            var present = await InspectAsync(spec.Name, cancellationToken);
            var labels = present?.Config?.Labels;
            if (present is not null && (labels is null || spec.Labels.Any(label => labels.GetValueOrDefault(label.Key) != label.Value)))
            {
                throw new EngineException(EngineFault.Conflict, $"A container named {spec.Name} exists that is not this worker's.", $"Remove it: docker rm -f {spec.Name}", e);
            }

            await RemoveAsync(spec.Name, cancellationToken);
            return await PostCreateAsync(spec.Name, body, cancellationToken);
        }
    }

    internal Task StartAsync(string id, CancellationToken cancellationToken) =>
        _connection.PostAsync($"containers/{id}/start", cancellationToken);

    /// <summary>Returns when the container runs no more; throws when the connection breaks.</summary>
    internal Task WaitAsync(string id, CancellationToken cancellationToken) => _connection.ReadAsync(
        HttpMethod.Post, $"containers/{id}/wait?condition=not-running", body => body.CopyToAsync(Stream.Null, cancellationToken), cancellationToken);

    internal async Task KillAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.PostAsync($"containers/{id}/kill?signal=KILL", cancellationToken);
        }
        catch (EngineException e) when (e.Fault is EngineFault.NotFound or EngineFault.Conflict)
        {
        }
    }

    /// <summary>The container by its exact id or name; null when there is none.</summary>
    internal async Task<ContainerBody?> InspectAsync(string id, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        try
        {
            return await _connection.GetAsync($"containers/{id}/json", EngineJson.Default.ContainerBody, cancellationToken, timeout);
        }
        catch (EngineException e) when (e.Fault == EngineFault.NotFound)
        {
            return null;
        }
    }

    internal async Task<(string Stdout, string Stderr)> LogsAsync(string id, CancellationToken cancellationToken)
    {
        TextTail stdout = new(), stderr = new();
        await _connection.ReadAsync(
            HttpMethod.Get, $"containers/{id}/logs?stdout=1&stderr=1",
            body => LogStream.DemultiplexAsync(body, stdout, stderr, cancellationToken), cancellationToken);
        return (stdout.ToString(), stderr.ToString());
    }

    private async Task<string> PostCreateAsync(string name, CreateBody body, CancellationToken cancellationToken)
    {
        var created = await _connection.PostAsync(
            $"containers/create?name={Uri.EscapeDataString(name)}", body, EngineJson.Default.CreateBody, EngineJson.Default.CreatedBody, cancellationToken);
        return created.Id;
    }

    /// <summary>A network of its own for applications that may use one: they see the internet, but not each other.</summary>
    private async Task<string> EnsureNetworkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var options = new Dictionary<string, string> { ["com.docker.network.bridge.enable_icc"] = "false" };
            await _connection.PostAsync(
                "networks/create", new NetworkBody(AppsNetwork, "bridge", options, CheckDuplicate: true),
                EngineJson.Default.NetworkBody, EngineJson.Default.CreatedBody, cancellationToken);
        }
        catch (EngineException e) when (e.Fault == EngineFault.Conflict)
        {
        }

        return AppsNetwork;
    }
}
