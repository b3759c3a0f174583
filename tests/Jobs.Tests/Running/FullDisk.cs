using System.Globalization;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Tests.Running;

/// <summary>Makes SQLite itself say that the disk is full, by a bound on the pages that its writer may use.</summary>
static class FullDisk
{
    public static Task BeginAsync(JobService jobs, int sparePages) => jobs.Store.WriteAsync(db =>
    {
        int pages = db.Rows("PRAGMA page_count", row => row.GetInt32(0))[0];
        db.Rows(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages + sparePages}"), row => row.GetInt64(0));
    });

    public static Task EndAsync(JobService jobs) =>
        jobs.Store.WriteAsync(db => { db.Rows("PRAGMA max_page_count = 1073741823", row => row.GetInt64(0)); });
}
