namespace Tests.Network.Package;

/// <summary>A program elsewhere on this machine that uses the package.</summary>
internal static class ConsumerProject
{
    private static string PackagesOfThisMachine => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Writes it. It finds the package in a folder, and what that depends on among those that this machine has.</summary>
    public static async Task WriteAsync(string folder, string feed)
    {
        // Nothing of this tree: no Directory.Build.props, no source but the folder, no package but those of this machine.
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), "<Project/>");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), "<Project/>");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), "<Project/>");
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear/><add key="folder" value="{feed}"/></packageSources>
              <fallbackPackageFolders><clear/><add key="machine" value="{PackagesOfThisMachine}"/></fallbackPackageFolders>
            </configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Iexec.Sdk" Version="*" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), """
            using Iexec.Ethereum;
            using Iexec.Ethereum.Crypto;
            using Iexec.Poco;
            using Iexec.Poco.Orders;
            using Iexec.Sdk;
            using Iexec.Sdk.Chains;
            using Iexec.Sdk.Errors;
            using Iexec.Sdk.Modules;
            using Iexec.Sdk.Orders;

            using var key = PrivateKey.Generate(SystemEntropy.Instance);
            using var iexec = new IexecClient(KnownChains.Find("arbitrum-mainnet")! with { Host = new Uri("http://127.0.0.1:1") }, key);
            RequestOrder request = iexec.Order.CreateRequestOrder(new ExecutionRequest { App = key.Address }, workerpoolMaxPriceNrlc: 5);
            Console.WriteLine($"{request.Requester == iexec.Wallet.GetAddress()} {DealModule.ComputeTaskId(new DealId(Bytes32.Zero), 0)}");
            try
            {
                await iexec.Network.GetNetworkAsync();
            }
            catch (IexecException unreachable)
            {
                Console.WriteLine(unreachable.Code);
            }

            """);
    }
}
