using System.Reflection;

namespace Iexec.ServiceDefaults.Http;

/// <summary>The program's version, as every role tells it.</summary>
public static class ProductVersion
{
    /// <summary>e.g. <c>0.1.0</c>, without build metadata.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
