using System.Runtime.CompilerServices;

namespace Orchestrator.Experts.Tests;

/// <summary>Files of the repository, found from where this source lies.</summary>
static class RepositoryFolder
{
    public static string PathOf(params string[] parts) => Path.GetFullPath(Path.Combine([Here(), "..", "..", .. parts]));

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
