namespace Iexec.Market.Http.Docs;

/// <summary>A parameter of an operation; its type is one of JSON Schema's.</summary>
internal sealed record ApiParameter(string Name, string Description, string Type = "string", bool IsRequired = false);

/// <summary>
/// One operation of the gateway as its description tells it. Parameters that the path names stand in the path. <paramref name="Body"/> is an example of the body
/// as JSON; <paramref name="NeedsLogin"/>: a signed challenge in the header; <paramref name="IsFormer"/>: for older clients.
/// </summary>
internal sealed record ApiOperation(
    string Method, string Path, string Summary, IReadOnlyList<ApiParameter> Parameters, string? Body = null, bool NeedsLogin = false, bool IsFormer = false)
{
    public bool Names(ApiParameter parameter) => Path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal);
}
