using Iexec.Bindings;

// Writes src/Iexec.Poco/Contracts/Generated/*.g.cs from contracts/artifacts/*.json, which are checked in:
//   dotnet run --project eng/bindings
var root = args.Length == 1 ? args[0] : Repository.Find(AppContext.BaseDirectory);
var folder = Path.Combine(root, BindingsGenerator.OutputFolder);
var files = BindingsGenerator.Generate(Path.Combine(root, BindingsGenerator.ArtifactsFolder));
Directory.CreateDirectory(folder);
foreach (var stale in Directory.EnumerateFiles(folder, "*.g.cs").Where(file => !files.ContainsKey(Path.GetFileName(file))))
{
    File.Delete(stale);
}

foreach (var (name, text) in files)
{
    File.WriteAllText(Path.Combine(folder, name), text);
}

Console.WriteLine($"{files.Count} files in {folder}");
