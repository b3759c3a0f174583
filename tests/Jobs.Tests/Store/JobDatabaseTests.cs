using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.Jobs.Tests.Running;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Store;

public sealed class JobDatabaseTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NewFolder_IsDurableAndKeepsItsIdentity()
    {
        string id;
        await using (JobDatabase made = JobDatabase.Open(_folder.File("jobs")))
        {
            id = made.Id;
            Assert.Equal("wal", made.Read(db => db.Rows("PRAGMA journal_mode", row => row.GetString(0)))[0]);
            const long Full = 2;
            Assert.Equal(Full, await made.Writer.WriteAsync(db => db.Rows("PRAGMA synchronous", row => row.GetInt64(0))[0]));
        }

        await using JobDatabase again = JobDatabase.Open(_folder.File("jobs"));
        Assert.Equal(16, id.Length);
        Assert.Equal(id, again.Id);
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherVersion_IsRefusedByName()
    {
        await using (JobDatabase made = JobDatabase.Open(_folder.Path))
        {
            await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={made.File}");
            other.Open();
            other.Run("PRAGMA user_version = 9");
        }

        JobStoreException refused = Assert.Throws<JobStoreException>(() => JobDatabase.Open(_folder.Path));

        Assert.Contains("version 9", refused.Message);
        Assert.Contains("jobs.folder", refused.Message);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefused()
    {
        File.WriteAllText(_folder.File(JobFolder.Database), new string('x', 5000));

        Assert.Contains("no database", Assert.Throws<JobStoreException>(() => JobDatabase.Open(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("CREATE TABLE jobs (owner TEXT)")]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("CREATE TABLE meta (key TEXT, value TEXT); CREATE TABLE jobs (id TEXT); PRAGMA user_version = 1")]
    public void Open_DatabaseOfAnotherProgram_IsRefused(string statements)
    {
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File(JobFolder.Database)};Pooling=False"))
        {
            other.Open();
            other.Run(statements);
        }

        Assert.Contains("no database of jobs", Assert.Throws<JobStoreException>(() => JobDatabase.Open(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("state = 'asleep'")]
    [InlineData("stamps = 'yesterday'")]
    [InlineData("stamps = 'null'")]
    [InlineData("stamps = '{\"created\":\"x\"}'")]
    [InlineData("batch = '{}'")]
    public async Task Jobs_DamagedRow_HidesNoOther(string damage)
    {
        await using var store = new JobStore(_folder.Path);
        foreach (string id in (string[])["good", "bad"])
            await store.Jobs.AddAsync(new JobRecord(id, JobState.InProgress, new Dictionary<string, long>(), 0, null, new BatchFacts
            {
                InputFile = "file",
                Endpoint = "/",
                CompletionWindow = "24h",
            }));
        await store.WriteAsync(db => db.Run($"UPDATE jobs SET {damage} WHERE id = 'bad'"));

        Assert.Equal("good", Assert.Single(store.Jobs.All()).Id);
        Assert.Equal("good", Assert.Single(store.Jobs.Batches(null, 10)).Id);
        Assert.Contains("good", store.Jobs.Unfinished());
        Assert.True(store.Jobs.CountByState()[JobState.InProgress] >= 1);
        Assert.Contains("bad", Assert.Throws<JobStoreException>(() => store.Jobs.Find("bad")).Message);
    }

    [Fact]
    public async Task WriteAsync_OneOfManyFails_TheOthersAreStored()
    {
        await using JobDatabase database = JobDatabase.Open(_folder.Path);
        var files = new FileTable(database);
        Task[] writes =
        [
            files.AddAsync(new FileRecord("one", "", "", 1, 1)),
            database.Writer.WriteAsync(db => throw new InvalidOperationException("a bug")),
            files.AddAsync(new FileRecord("two", "", "", 1, 1)),
        ];

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(writes));

        Assert.Equal(["two", "one"], files.List(null, null, 10).Select(file => file.Id));
    }

    [Fact]
    public async Task WriteAsync_FullDisk_SaysSoAndGoesOnAfterwards()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await FullDisk.BeginAsync(jobs, sparePages: 0);

        JobStoreException full = await Assert.ThrowsAsync<JobStoreException>(() => jobs.SubmitAsync("job", JobRoom.Items(500, "a")));
        await FullDisk.EndAsync(jobs);
        await jobs.SubmitAsync("job", JobRoom.Items(500, "a"));

        Assert.Contains("full", full.Message);
        Assert.Equal(500, (await jobs.RunAsync("job")).Done);
    }
}
