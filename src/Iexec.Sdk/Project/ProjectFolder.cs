namespace Iexec.Sdk.Project;

/// <summary>The folder a client works in, and its four files.</summary>
internal sealed class ProjectFolder(string path)
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary><c>iexec.json</c>: what the user wants to deploy and to sign.</summary>
    public JsonFile Iexec => Open("iexec.json");

    /// <summary><c>chain.json</c>: the networks.</summary>
    public JsonFile Chain => Open("chain.json");

    /// <summary><c>deployed.json</c>: the latest deployed address of each kind on each chain.</summary>
    public DeployedFile Deployed => new(Open("deployed.json"));

    /// <summary><c>orders.json</c>: the latest signed order of each kind on each chain.</summary>
    public OrdersFile Orders => new(Open("orders.json"));

    /// <summary>A file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    private JsonFile Open(string name) => new(this[name]);
}
