namespace Orchestrator.TestKit;

/// <summary>Where the files are that are not copied beside the tests: the zoo, the example configurations.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Models { get; } = Path.Combine(Root, "models");

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' has Orchestrator.sln.");
    }
}
