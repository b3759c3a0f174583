namespace Orchestrator.Host.Tests;

/// <summary>Files of the checkout that the tests run in.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string File(string path) => Path.Combine(Root, path);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Orchestrator.sln is not above the tests.");
    }
}
